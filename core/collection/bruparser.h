// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QStringList>

#include <vector>

namespace Sluice {

/** One `name: value` of a block of Bruno's older format. */
struct BruPair
{
    QString name; ///< Without the `~` of a pair that is switched off.
    QString value;
    QStringList items; ///< Of a `name: [ … ]`.
    QString description;
    QString type; ///< `number`, `boolean` or `object`, from `@number` before a variable.
    bool enabled = true;
    int line = 0;
};

/** One block of a `.bru` file: `headers { … }`, `body:json { … }`, `vars:secret [ … ]`. */
struct BruBlock
{
    QString name;
    std::vector<BruPair> pairs; ///< Of a block of pairs or of names.
    QString text;               ///< Of a block of text: bodies, scripts, docs.
    int line = 0;

    /** The value of the pair called \a pair, or an empty text. */
    QString value(QStringView pair) const;
};

/** A `.bru` file as its blocks, in order. */
struct BruFile
{
    std::vector<BruBlock> blocks;

    /** The last block called \a name, or nullptr. */
    const BruBlock *block(QStringView name) const;
};

/**
 * Reads Bruno's older text format (`@usebruno/lang`, version 2): blocks that end with a brace at
 * the start of a line. Fails with ErrorCode::Parse and the line in \a path.
 */
Result<BruFile> parseBru(const QByteArray &text, const QString &path);

} // namespace Sluice
