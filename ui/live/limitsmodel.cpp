// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/limitsmodel.h"

#include "ui/live/limitsediting.h"

#include <QDeadlineTimer>
#include <QPointer>
#include <QUndoStack>

#include <utility>

namespace Sluice {

/** One edit of the limits. */
class LimitsCommand final : public QUndoCommand
{
public:
    LimitsCommand(LimitsModel &model, const Limits &before, const Limits &after)
        : m_model(&model), m_before(before), m_after(after), m_mergeUntil(MergeMs)
    {
        setText(LimitsModel::tr("change %1").arg(limitsChangeText(before, after)));
    }

    void undo() override { set(m_before); }
    void redo() override { set(m_after); }
    int id() const override { return 0x4c494d; }

    bool mergeWith(const QUndoCommand *other) override
    {
        const auto *next = static_cast<const LimitsCommand *>(other);
        if (next->m_model != m_model || m_mergeUntil.hasExpired() || !changesTheSame(*next))
            return false;
        m_after = next->m_after;
        m_mergeUntil = next->m_mergeUntil;
        setText(LimitsModel::tr("change %1").arg(limitsChangeText(m_before, m_after)));
        setObsolete(m_before == m_after);
        return true;
    }

private:
    static constexpr int MergeMs = 1000; ///< Steps of one spin box follow each other faster.

    void set(const Limits &limits)
    {
        if (m_model)
            m_model->set(limits, LimitsOrigin::Person);
    }
    bool changesTheSame(const LimitsCommand &next) const
    {
        const auto isTotalOnly = [](const LimitsCommand &command) {
            return withTotal(command.m_before, command.m_after.total) == command.m_after;
        };
        return isTotalOnly(*this) == isTotalOnly(next)
               && m_before.hosts.size() == next.m_after.hosts.size();
    }

    QPointer<LimitsModel> m_model;
    Limits m_before;
    Limits m_after;
    QDeadlineTimer m_mergeUntil;
};

LimitsModel::LimitsModel(QUndoStack *undoStack, QObject *parent)
    : QObject(parent), m_undoStack(undoStack)
{
}

void LimitsModel::edit(const Limits &limits)
{
    if (limits == m_limits)
        return;
    if (m_undoStack)
        m_undoStack->push(new LimitsCommand(*this, m_limits, limits));
    else
        set(limits, LimitsOrigin::Person);
}

void LimitsModel::load(const Limits &limits, LimitsOrigin origin)
{
    if (std::exchange(m_loaded, limits) != limits)
        emit loadedChanged();
    set(limits, origin);
}

void LimitsModel::set(const Limits &limits, LimitsOrigin origin)
{
    if (limits == m_limits)
        return;
    m_origin = origin;
    m_limits = limits;
    emit changed(m_limits);
}

} // namespace Sluice
