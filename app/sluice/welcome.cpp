// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sluice/welcome.h"

#include "app/sluice/demoserver.h"
#include "core/interchange/codetargets.h"
#include "core/run/engine.h"
#include "ui/actions/actiontable.h"
#include "ui/live/livedock.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/tuning/tuningtab.h"
#include "ui/welcome/tourcard.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSettings>

#include <utility>

using namespace Qt::StringLiterals;

namespace Sluice {

Welcome::Welcome(const Stage &stage)
    : m_stage(stage), m_tour(stage.limits), m_card(new TourCard(stage.window))
{
    connectTour();
    connectEngine();
}

Welcome::~Welcome() = default;

void Welcome::connectTour()
{
    MainWindow *window = m_stage.window;
    connect(window->actions()->action(u"help.firstMinute"_s), &QAction::triggered, &m_tour,
            &FirstMinute::offer);
    connect(m_card, &TourCard::goOnClicked, &m_tour, &FirstMinute::goOn);
    connect(m_card, &TourCard::extraClicked, &m_tour, &FirstMinute::chooseExtra);
    connect(m_card, &TourCard::skipClicked, &m_tour, &FirstMinute::end);
    connect(&m_tour, &FirstMinute::changed, this, &Welcome::showPage);
    connect(&m_tour, &FirstMinute::serverWanted, this, &Welcome::startServer);
    connect(&m_tour, &FirstMinute::runWanted, window, &MainWindow::startRun);
    connect(&m_tour, &FirstMinute::stopRunWanted, m_stage.engine, &Engine::drainRun);
    connect(&m_tour, &FirstMinute::sweepWanted, this, &Welcome::startSweep);
    connect(&m_tour, &FirstMinute::stopSweepWanted, m_stage.engine, &Engine::stopSweep);
    connect(&m_tour, &FirstMinute::codeWanted, this, &Welcome::copyCode);
    connect(&m_tour, &FirstMinute::collectionWanted,
            window->actions()->action(u"file.openCollection"_s), &QAction::trigger);
    connect(&m_tour, &FirstMinute::ended, this, [this] {
        if (m_server)
            std::exchange(m_server, nullptr)->endLater();
    });
}

void Welcome::connectEngine()
{
    const Engine *engine = m_stage.engine;
    connect(engine, &Engine::liveChanged, &m_tour, &FirstMinute::showSnapshot);
    connect(engine, &Engine::runFinished, &m_tour, &FirstMinute::runEnded);
    connect(engine, &Engine::sweepStageFinished, &m_tour, &FirstMinute::sweepEnded);
    connect(engine, &Engine::sweepRefused, &m_tour, &FirstMinute::end);
}

void Welcome::offerOnce(QSettings *settings)
{
    const QString key = u"welcome/offered"_s;
    if (settings->value(key, false).toBool())
        return;
    settings->setValue(key, true);
    m_tour.offer();
}

void Welcome::showPage()
{
    if (m_tour.step() == FirstMinute::Step::Off) {
        m_card->hide();
        return;
    }
    const bool isOffer = m_tour.step() == FirstMinute::Step::Offer;
    if (!isOffer)
        m_stage.live->show();
    m_card->pointAt(isOffer ? nullptr : m_stage.live->totalLimitHandle());
    m_card->showPage(m_tour.page());
}

void Welcome::startServer()
{
    m_server = new DemoServer(m_stage.serverProgram, this);
    connect(m_server, &DemoServer::listening, &m_tour, &FirstMinute::serverListens);
    connect(m_server, &DemoServer::failed, this, [this](const Error &error) {
        m_stage.window->showError(error);
        m_tour.end();
    });
    m_server->start(FirstMinute::serverArguments());
}

void Welcome::startSweep(const SweepJob &job)
{
    auto *tab = new TuningTab(m_stage.engine, m_stage.window);
    const RequestSpec &spec = job.requests.front().request;
    tab->setSubject({spec.method + u' ' + spec.name, spec.url, job.requests, {}, {}});
    m_stage.window->addTuningTab(tab);
    tab->startWith(job.settings);
}

void Welcome::copyCode(int limit, const QString &url)
{
    CodeRequest request;
    request.limits.total = request.limits.perHost = limit;
    request.url = url;
    if (const Result<QString> code = generateCode(u"aiohttp"_s, request))
        QGuiApplication::clipboard()->setText(*code);
    else
        m_stage.window->showError(code.error());
}

} // namespace Sluice
