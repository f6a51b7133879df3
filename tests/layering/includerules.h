// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

/** The rings of the project as a table, and the check of a file's includes against it. */
namespace IncludeRules {

/** One include that the table does not allow. */
struct Violation
{
    QString file; ///< From the project's root.
    int line = 0;
    QString why;

    /** `core/base/clock.h:7: …`, as compilers write it. */
    QString text() const;
};

/** The Qt module ("QtCore") that a header like `QString` or `QtCore/QString` belongs to; empty for
    one that is not Qt's. Reads the folders of the installed Qt. */
QString qtModule(const QString &header);

/** Why \a file (from the project's root) may not include \a header; empty when it may. */
QString objection(const QString &file, const QString &header, bool quoted);

/** Every wrong include in \a text, the contents of \a file. */
std::vector<Violation> check(const QString &file, const QByteArray &text);

} // namespace IncludeRules
