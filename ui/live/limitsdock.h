// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/limits.h"
#include "ui/live/limitspin.h"

#include <QDockWidget>

#include <functional>

class QAction;
class QPushButton;
class QVBoxLayout;

namespace Sluice {

class HostLimitRow;
class LimitsModel;

/**
 * Every limit as a number that acts at once: the twin of the handles in the live view, for the
 * keyboard and for exact values. Edits go through the LimitsModel and are undone there.
 */
class LimitsDock final : public QDockWidget
{
    Q_OBJECT

public:
    /** \a limits outlives the dock. */
    explicit LimitsDock(LimitsModel *limits, QWidget *parent = nullptr);

    /** Offers \a action ("Find the limit…") as a link. Not owned. */
    void setFindLimitAction(QAction *action);
    /** Offers \a action ("Save the limits in the collection") as a link. Not owned. */
    void setSaveAction(QAction *action);

private:
    using Setter = std::function<void(Limits &, double)>;
    using Getter = std::function<double(const Limits &)>;
    struct Entry
    {
        LimitSpin *spin = nullptr;
        Getter get;
    };

    void addSpins(QVBoxLayout *layout);
    void addSpin(QVBoxLayout *layout, const QString &name, const LimitSpin::Kind &kind, Getter get,
                 Setter set);
    void showLimits(const Limits &limits);
    HostLimitRow *addRow();
    void addLink(QAction *action, const QString &name);
    void takeHosts();

    LimitsModel *m_limits;
    std::vector<Entry> m_entries;
    QVBoxLayout *m_hostsLayout;
    std::vector<HostLimitRow *> m_rows;
    QVBoxLayout *m_links;
    QPushButton *m_addHost;
};

} // namespace Sluice
