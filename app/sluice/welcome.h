// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/welcome/firstminute.h"

#include <QObject>
#include <QPointer>

class QSettings;

namespace Sluice {

class DemoServer;
class Engine;
class LiveDock;
class MainWindow;
class TourCard;

/**
 * Plays the first minute in the window: shows its card, gives it a demo server, a run and a sweep.
 * Help offers it at any time.
 */
class Welcome final : public QObject
{
    Q_OBJECT

public:
    /** What the tour is played with; all of it outlives the Welcome. */
    struct Stage
    {
        MainWindow *window = nullptr;
        Engine *engine = nullptr;
        LimitsModel *limits = nullptr;
        LiveDock *live = nullptr;
        QString serverProgram; ///< `sluice-cli`.
    };

    explicit Welcome(const Stage &stage);
    ~Welcome() override;

    /** Asks once in the life of a profile, and never again. */
    void offerOnce(QSettings *settings);
    FirstMinute *tour() { return &m_tour; }

private:
    void connectTour();
    void connectEngine();
    void showPage();
    void startServer();
    void startSweep(const SweepJob &job);
    void copyCode(int limit, const QString &url);

    Stage m_stage;
    FirstMinute m_tour;
    TourCard *m_card;              ///< The window's.
    QPointer<DemoServer> m_server; ///< Owned; it outlives a tour until its process has ended.
};

} // namespace Sluice
