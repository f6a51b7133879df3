// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/request/variables.h"

#include <QFontMetricsF>
#include <QPointF>

class QPainter;
class QPalette;

namespace Sluice {

/** A line of text as it was painted: where it begins and how high the tint may be. */
struct PaintedLine
{
    QString text;
    QPointF begin; ///< The left end of the text, in the middle of its height.
    qreal height = 0;
    QFontMetricsF metrics;
};

/**
 * Tints every `{{variable}}` of \a line; one that cannot be resolved is tinted as a mistake and
 * underlined by a wave. Without \a variables every one counts as known.
 */
void paintVariableMarks(QPainter &painter, const PaintedLine &line,
                        const VariableMeanings *variables, const QPalette &palette);

/** What each `{{variable}}` of \a text stands for, one a line; empty without one. */
QString describeVariables(const QString &text, const VariableMeanings &variables);

} // namespace Sluice
