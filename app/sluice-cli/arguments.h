// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QHash>
#include <QStringList>

#include <span>

namespace Sluice {

/** One option of a command. */
struct OptionSpec
{
    const char *name;  ///< Without the dashes.
    const char *value; ///< What the help calls its value; empty = a switch.
    const char *help;
    char letter = 0; ///< Short form, 0 = none.
};

/** The options of a command, in the order of its help. */
using OptionTable = std::span<const OptionSpec>;

/** A command line, read against a table. */
class Arguments
{
public:
    /**
     * Reads `--name value`, `--name=value`, `-x value`, `-xvalue` and positional arguments; after
     * `--` everything is positional. An option may come again; the last one counts where one value
     * is asked for. Usage for an unknown option or a missing value.
     */
    static Result<Arguments> read(const QStringList &arguments,
                                  const std::vector<OptionTable> &tables);

    bool has(const char *name) const { return m_values.contains(QByteArray(name)); }
    /** The last value given; empty when the option is not there. */
    QString value(const char *name) const;
    QStringList values(const char *name) const { return m_values.value(QByteArray(name)); }
    const QStringList &positional() const { return m_positional; }

    /** A whole number from \a least on; \a fallback when the option is not there. */
    Result<int> number(const char *name, int fallback, int least) const;
    /** Microseconds, from \a leastUs on; \a fallback when the option is not there. */
    Result<qint64> durationUs(const char *name, qint64 fallback, qint64 leastUs = 0) const;
    /** A positive number; \a fallback when the option is not there. */
    Result<double> rate(const char *name, double fallback) const;
    /** Bytes: a number with an optional k, M or G (powers of 1024). */
    Result<qint64> size(const char *name, qint64 fallback) const;

private:
    QHash<QByteArray, QStringList> m_values;
    QStringList m_positional;
};

/** The help of \a tables, one option a line. */
QString optionsHelp(const std::vector<OptionTable> &tables);

/** `K=V`; Usage, naming \a option, without an equals sign or a name. */
Result<std::pair<QString, QString>> parseAssignment(const QString &text, const char *option);

} // namespace Sluice
