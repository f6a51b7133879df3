// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sluice/docks.h"

#include "core/run/engine.h"
#include "ui/actions/actiontable.h"
#include "ui/live/limitsdock.h"
#include "ui/live/limitsediting.h"
#include "ui/live/limitsmodel.h"
#include "ui/live/livedock.h"
#include "ui/live/liveexport.h"
#include "ui/live/livepace.h"
#include "ui/live/livetext.h"
#include "ui/mainwindow/mainwindow.h"

#include <QAction>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int LimitsWidth = 272;
constexpr int LiveHeight = 300;

/** From now on; of a collection also in its file, and both are one step of its history. */
void hold(MainWindow *window, LimitsModel *limits, const FoundLimits &found)
{
    const Limits before = limits->limits();
    const Limits after = withFoundLimits(before, found);
    if (found.collection.isEmpty()) {
        limits->edit(after);
        return;
    }
    std::function<void(int by)> live;
    if (before != after)
        live = [limits, before, after](int by) { limits->apply(by > 0 ? after : before); };
    window->saveLimits(after, found.collection, live);
}

/** What the menu and the palette offer of the live view. */
void connectExport(MainWindow *window, LiveDock *live)
{
    const ActionTable *actions = window->actions();
    auto *out = new LiveExport(live);
    const std::pair<QString, void (LiveExport::*)()> entries[] = {
        {u"live.copyPicture"_s, &LiveExport::copyPicture},
        {u"live.savePicture"_s, &LiveExport::savePicture},
        {u"live.copyNumbers"_s, &LiveExport::copyNumbers},
        {u"live.saveNumbers"_s, &LiveExport::saveNumbers},
        {u"live.saveRequests"_s, &LiveExport::saveRequests},
        {u"live.copyLimitsTried"_s, &LiveExport::copyLimitsTried},
        {u"live.saveLimitsTried"_s, &LiveExport::saveLimitsTried},
    };
    for (const auto &[id, slot] : entries)
        QObject::connect(actions->action(id), &QAction::triggered, out, slot);
    QObject::connect(actions->action(u"live.table"_s), &QAction::triggered, live,
                     [live] { live->setTableShown(!live->isTableShown()); });
}

} // namespace

LiveDock *addDocks(MainWindow *window, Engine *engine, LimitsModel *limits)
{
    auto *limitsDock = new LimitsDock(limits, window);
    limitsDock->setObjectName(u"limits"_s);
    auto *live = new LiveDock(limits, window);
    live->setObjectName(u"live"_s);
    window->addDock(limitsDock, Qt::RightDockWidgetArea);
    window->addDock(live, Qt::BottomDockWidgetArea);
    window->resizeDocks({limitsDock}, {LimitsWidth}, Qt::Horizontal);
    window->resizeDocks({live}, {LiveHeight}, Qt::Vertical);
    limitsDock->setFindLimitAction(window->actions()->action(u"run.findLimit"_s));
    QAction *save = window->actions()->action(u"file.saveLimits"_s);
    limitsDock->setSaveAction(save);
    QObject::connect(save, &QAction::triggered, window,
                     [window, limits] { window->saveLimits(limits->limits()); });
    live->addEmptyAction(window->actions()->action(u"help.firstMinute"_s));
    live->addEmptyAction(window->actions()->action(u"run.folder"_s));

    QObject::connect(
        limits, &LimitsModel::changed, engine,
        [engine, limits](const Limits &changed) { engine->setLimits(changed, limits->origin()); });
    QObject::connect(window, &MainWindow::limitsApplied, limits,
                     [window, limits](const FoundLimits &found) { hold(window, limits, found); });
    QObject::connect(window, &MainWindow::timeChosen, live, &LiveDock::showTime);
    QObject::connect(window, &MainWindow::limitsFound, limits, [limits](const Limits &found) {
        // What a person set by hand holds until it is saved or taken back.
        if (limits->limits() == limits->loaded() || limits->limits() == found)
            limits->load(found);
    });
    QObject::connect(engine, &Engine::liveChanged, live, &LiveDock::showSnapshot);
    QObject::connect(engine, &Engine::runProgressed, live, &LiveDock::showProgress);
    QObject::connect(engine, &Engine::runFinished, live, [live](const RunOutcomePtr &outcome) {
        live->showProgress(outcome->progress);
    });
    QObject::connect(live, &LiveDock::stopRequested, window, &MainWindow::stop);
    QObject::connect(live, &LiveDock::pauseDispatchToggled, engine, &Engine::setPaused);
    QObject::connect(live, &LiveDock::holdEndRequested, engine, &Engine::endHold);
    QObject::connect(window->actions()->action(u"run.endHolds"_s), &QAction::triggered, engine,
                     [engine] { engine->endHold(EndpointId::None); });
    QObject::connect(window, &MainWindow::reducedMotionChanged, live, &LiveDock::setReducedMotion);
    QObject::connect(window, &MainWindow::limitsFollowDragChanged, live,
                     &LiveDock::setLimitsFollowDrag);
    auto *pace = new LivePace(window);
    QObject::connect(window, &MainWindow::liveRateChosen, pace, &LivePace::choose);
    QObject::connect(pace, &LivePace::changed, engine, &Engine::setLiveRate);
    // The run that was there before has nothing to do with what is shown now.
    QObject::connect(engine, &Engine::sweepStageBegan, live, [live] { live->showProgress({}); });
    QObject::connect(engine, &Engine::sweepLevelMeasured, live, [live](const SweepLevel &level) {
        live->announce(LiveDock::tr("Limit %1: %2 done, p50 %3")
                           .arg(level.limit)
                           .arg(rateText(level.throughput), shownDuration(level.p50Us)));
    });
    QObject::connect(
        engine, &Engine::sweepStageFinished, live,
        [live](const SweepResultPtr &result) { live->announce(result->verdict.headline); });
    QObject::connect(window, &MainWindow::dispatchPauseToggled, live,
                     &LiveDock::togglePauseDispatch);
    QObject::connect(live, &LiveDock::viewRequested, engine, &Engine::setLiveView);
    QObject::connect(live, &LiveDock::noteAdded, engine, &Engine::addLiveNote);
    QObject::connect(live, &LiveDock::requestActivated, window, &MainWindow::showRunRequest);
    connectExport(window, live);
    return live;
}

} // namespace Sluice
