// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/http/requestspec.h"

#include <QStringList>

#include <vector>

namespace Sluice {

/** A request as it was edited but not saved. */
struct Draft
{
    QString path;       ///< Its file; empty when it has none yet.
    QString collection; ///< The root that it belongs to; may be empty.
    RequestSpec spec;
    RequestSpec base; ///< What the file held when the editing began.

    bool operator==(const Draft &) const = default;
};

/** One open tab: a file, or a draft that has none. */
struct SessionTab
{
    QString path;
    int draft = -1; ///< Index of the draft, if there is one.

    bool operator==(const SessionTab &) const = default;
};

/** What a person had open. */
struct Session
{
    QStringList collections;
    std::vector<Draft> drafts; ///< Also of tabs that were closed since.
    std::vector<SessionTab> tabs;
    int current = -1; ///< Index of the tab in front.

    bool operator==(const Session &) const = default;
};

// One file, replaced as a whole. Both functions block; for a pool thread.

/** Writes \a session to \a file, atomically and durably. */
Result<> writeSession(const QString &file, const Session &session);

/**
 * What writeSession() wrote; an empty one when there is no file. Drafts that do not read are kept
 * in a copy of the file, which the error names; the rest of the session is in \a session.
 */
Result<> readSession(const QString &file, Session &session);

} // namespace Sluice
