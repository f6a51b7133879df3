// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QMap>
#include <QString>

#include <vector>

namespace Sluice {

/** What a template may name. A value is true in a section unless it is empty or "0". */
struct TemplateValues
{
    QMap<QString, QString> values;
    QMap<QString, std::vector<QMap<QString, QString>>> lists;
};

/**
 * Expands the part of Mustache that code templates need: `{{name}}`, `{{#name}}…{{/name}}` (once
 * for a true value, once an item for a list) and `{{^name}}…{{/name}}` (for a false value or an
 * empty list). A tag alone on its line takes the whole line with it. Nothing is escaped.
 *
 * An unknown name or a section without an end is an Error with the line.
 */
Result<QString> expandCodeTemplate(const QString &text, const TemplateValues &values);

} // namespace Sluice
