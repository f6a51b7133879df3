// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livesnapshot.h"
#include "core/run/runplan.h"
#include "core/run/sweepjob.h"

#include <QObject>

#include <optional>

namespace Sluice {

class LimitsModel;

/** What the card says at one step of the first minute. */
struct TourPage
{
    QString title;
    QString text;
    QString facts;        ///< Figures as they were measured, not as they should be.
    QString action;       ///< The button that goes on.
    QString extra;        ///< A second button; empty = none.
    bool canGoOn = false; ///< Else the figures are still to come.
    int number = 0;       ///< 1 to FirstMinute::Steps; 0 = the offer.

    bool operator==(const TourPage &) const = default;
};

/**
 * The first minute: requests to a demo server of this machine wait at limit 2, are done four times
 * as fast at 8 and only slower at 32, until a sweep finds the limit. Every sentence with a figure
 * waits for the figure to be measured.
 *
 * A state machine without widgets, processes or timers: it asks for what it needs by signals and is
 * told what happened. GUI thread.
 */
class FirstMinute final : public QObject
{
    Q_OBJECT

public:
    enum class Step { Off, Offer, Starting, Queue, Throughput, Latency, Search, Verdict };

    /** How long things take; a test has less time than a reader. */
    struct Pace
    {
        qint64 settleUs = 1'500'000; ///< Until the figures of a limit are shown.
        qint64 levelUs = 3'000'000;  ///< At most, for each level of the sweep.
        int repeats = 1;             ///< Of the sweep's levels around the candidate.
    };

    static constexpr int Steps = 5;
    static constexpr int Population = 40; ///< Requests queued or in flight.
    static constexpr int Narrow = 2;
    static constexpr int Right = 8; ///< As many as the demo server has workers.
    static constexpr int Wide = 32;

    /** \a limits outlives the tour; what they were comes back when it ends. */
    explicit FirstMinute(LimitsModel *limits, QObject *parent = nullptr);

    void setPace(const Pace &pace) { m_pace = pace; }
    Step step() const { return m_step; }
    const TourPage &page() const { return m_page; }

    /** How the demo server behaves that the sentences are about. */
    static QStringList serverArguments();

public slots:
    /** Shows the card that asks; from anywhere, also in the middle of a tour. */
    void offer();
    /** The card's button. */
    void goOn();
    /** The card's second button. */
    void chooseExtra();
    /** Stops whatever goes on and gives the limits back. */
    void end();

    void serverListens(const QString &port);
    void showSnapshot(const Sluice::LiveSnapshotPtr &snapshot);
    /** The run that feeds the queue has ended. */
    void runEnded();
    void sweepEnded(const Sluice::SweepResultPtr &result);

signals:
    void changed();
    void serverWanted();
    void runWanted(const Sluice::RunPlan &plan);
    void stopRunWanted();
    void sweepWanted(const Sluice::SweepJob &job);
    void stopSweepWanted();
    /** The found limit as code for \a url. */
    void codeWanted(int limit, const QString &url);
    /** "Now your API": a collection is to be opened. */
    void collectionWanted();
    /** The demo server is no longer needed. */
    void ended();

private:
    struct Figures
    {
        int limit = 0;
        int queued = 0;
        double perSecond = 0;
        qint64 p50Us = -1; ///< On the wire.
    };

    void enter(Step step);
    void setLimit(int total);
    void startRun();
    std::optional<Figures> measured(int lowest, int highest) const;
    void updatePage();
    TourPage queuePage();
    TourPage throughputPage();
    TourPage latencyPage();
    TourPage verdictPage() const;
    RequestInContext request() const;
    QString url() const;

    LimitsModel *m_limits;
    Pace m_pace;
    Step m_step = Step::Off;
    TourPage m_page;
    QString m_port;
    std::optional<Limits> m_before; ///< The limits to give back.
    LiveSnapshotPtr m_snapshot;
    std::optional<Figures> m_narrow;
    std::optional<Figures> m_right;
    std::optional<Figures> m_wide;
    SweepResultPtr m_result;
    bool m_isFeeding = false;
    bool m_isSweeping = false;
};

} // namespace Sluice
