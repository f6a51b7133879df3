// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/limits.h"
#include "core/metrics/limitsorigin.h"

#include <QObject>

class QUndoStack;

namespace Sluice {

/**
 * The limits that every view of them shares: the chart's handles, the host rows and the limits dock
 * all edit() here, and what comes out of changed() is what the engine gets. An edit acts at once
 * and is undone by its command on the stack.
 */
class LimitsModel final : public QObject
{
    Q_OBJECT

public:
    /** \a undoStack outlives the model; may be null, then nothing can be undone. */
    explicit LimitsModel(QUndoStack *undoStack, QObject *parent = nullptr);

    const Limits &limits() const { return m_limits; }
    /** New limits from a user; equal ones change nothing. Turns of one spin box become one undo. */
    void edit(const Limits &limits);
    /** New limits from a collection or a command line: not an edit, nothing to undo. */
    void load(const Limits &limits, LimitsOrigin origin = LimitsOrigin::Collection);
    /** New limits of a step that another history takes back, with the collection's file. */
    void apply(const Limits &limits) { set(limits, LimitsOrigin::Collection); }
    /** What load() was last told: the collection's. */
    const Limits &loaded() const { return m_loaded; }
    /** Of the limits in force. */
    LimitsOrigin origin() const { return m_origin; }

signals:
    void changed(const Sluice::Limits &limits);
    /** Other limits were loaded; they are in force already when changed() does not follow. */
    void loadedChanged();

private:
    friend class LimitsCommand;
    void set(const Limits &limits, LimitsOrigin origin);

    QUndoStack *m_undoStack;
    Limits m_limits;
    Limits m_loaded;
    LimitsOrigin m_origin = LimitsOrigin::Person;
};

} // namespace Sluice
