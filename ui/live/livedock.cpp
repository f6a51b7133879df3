// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/livedock.h"

#include "ui/live/concurrencychart.h"
#include "ui/live/hostlanes.h"
#include "ui/live/limitsediting.h"
#include "ui/live/limitsmodel.h"
#include "ui/live/liveaccessible.h"
#include "ui/live/liveempty.h"
#include "ui/live/livelegend.h"
#include "ui/live/livetext.h"
#include "ui/live/livetile.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sluice {

namespace {
constexpr int SideWidth = 500; ///< Room for a host's bar, numbers and remark.
}

LiveDock::LiveDock(LimitsModel *limits, QWidget *parent)
    : QDockWidget(tr("Live"), parent), m_limits(limits)
{
    setObjectName(u"liveDock"_s);
    installLiveAccessibility();
    auto *live = new QWidget(this);
    auto *layout = new QVBoxLayout(live);
    layout->setContentsMargins(14, 4, 14, 8);
    layout->setSpacing(8);
    layout->addWidget(buildHeader());
    layout->addWidget(buildPanels(), 1);
    m_pages = new QStackedWidget(this);
    m_empty = new LiveEmpty(this);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(live);
    setWidget(m_pages);
    setTitleBarWidget(buildTitle());
    m_textTimer.setSingleShot(true);
    m_textTimer.setInterval(500ms);
    connect(&m_textTimer, &QTimer::timeout, this, &LiveDock::showTexts);
    connectLimits();
    colourStop();
    showStatus();
}

void LiveDock::changeEvent(QEvent *event)
{
    QDockWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colourStop();
}

void LiveDock::colourStop()
{
    QPalette colours = palette();
    const Theme &theme = Theme::of(colours);
    colours.setColor(QPalette::Active, QPalette::ButtonText, theme.bad);
    colours.setColor(QPalette::Inactive, QPalette::ButtonText, theme.bad);
    m_stop->setPalette(colours);
}

QWidget *LiveDock::buildTitle()
{
    auto *title = new QWidget(this);
    auto *layout = new QHBoxLayout(title);
    layout->setContentsMargins(14, 5, 8, 3);
    layout->setSpacing(8);
    auto *name = new QLabel(windowTitle(), title);
    QFont bold = name->font();
    bold.setWeight(QFont::DemiBold);
    name->setFont(bold);
    layout->addWidget(name);
    m_status = new QLabel(title);
    m_status->setObjectName(u"liveStatus"_s);
    m_status->setForegroundRole(QPalette::PlaceholderText);
    m_status->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_status, 1);
    return title;
}

QWidget *LiveDock::buildHeader()
{
    auto *header = new QWidget(this);
    auto *layout = new QHBoxLayout(header);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_tiles = new LiveTiles(header);
    layout->addWidget(m_tiles);
    layout->addStretch(1);
    m_pauseView = new QPushButton(tr("Pause view"), header);
    m_pauseView->setObjectName(u"pauseView"_s);
    m_pauseView->setCheckable(true);
    m_pauseView->setToolTip(tr("Freeze the picture; requests go on (Space in the chart)"));
    m_pauseDispatch = new QPushButton(tr("Pause dispatch"), header);
    m_pauseDispatch->setObjectName(u"pauseDispatch"_s);
    m_pauseDispatch->setCheckable(true);
    m_pauseDispatch->setToolTip(tr("Start no further request; those in flight finish"));
    m_stop = new QPushButton(tr("Stop"), header);
    m_stop->setObjectName(u"stopRun"_s);
    m_stop->setToolTip(tr("Stop the run"));
    m_stop->setEnabled(false);
    for (QPushButton *button : {m_pauseView, m_pauseDispatch, m_stop})
        layout->addWidget(button);
    connect(m_pauseView, &QPushButton::toggled, this, &LiveDock::setViewPaused);
    connect(m_pauseDispatch, &QPushButton::clicked, this, [this](bool paused) {
        setDispatchPaused(paused);
        emit pauseDispatchToggled(paused);
    });
    connect(m_stop, &QPushButton::clicked, this, &LiveDock::stopRequested);
    return header;
}

QWidget *LiveDock::buildPanels()
{
    auto *panels = new QWidget(this);
    auto *layout = new QHBoxLayout(panels);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(24);
    m_chart = new ConcurrencyChart(panels);
    layout->addWidget(m_chart, 1);
    auto *side = new QWidget(panels);
    auto *sideLayout = new QVBoxLayout(side);
    sideLayout->setContentsMargins(0, 0, 0, 0);
    sideLayout->setSpacing(8);
    m_hosts = new HostLanes(side);
    sideLayout->addWidget(m_hosts, 1);
    sideLayout->addWidget(new LiveLegend(side));
    side->setFixedWidth(SideWidth);
    layout->addWidget(side);
    return panels;
}

void LiveDock::connectLimits()
{
    m_chart->setLimits(m_limits->limits());
    connect(m_limits, &LimitsModel::changed, m_chart, &ConcurrencyChart::setLimits);
    connect(m_chart, &ConcurrencyChart::totalLimitChosen, this,
            [this](int limit) { m_limits->edit(withTotal(m_limits->limits(), limit)); });
    const auto editHost = [this](const QString &endpoint, int limit) {
        m_limits->edit(withEndpointLimit(m_limits->limits(), endpoint, limit));
    };
    connect(m_chart, &ConcurrencyChart::hostLimitChosen, this, editHost);
    connect(m_hosts, &HostLanes::hostLimitChosen, this, editHost);
    connect(m_hosts, &HostLanes::hostSelected, this, &LiveDock::selectHost);
    connect(m_chart, &ConcurrencyChart::pauseViewToggled, this,
            [this] { setViewPaused(!m_viewPaused); });
    connect(m_chart, &ConcurrencyChart::liveRequested, this, [this] { setViewPaused(false); });
}

void LiveDock::addEmptyAction(QAction *action)
{
    m_empty->addAction(action);
}

void LiveDock::selectHost(const QString &endpoint)
{
    m_hosts->setSelectedHost(endpoint);
    m_chart->setSelectedHost(endpoint);
}

void LiveDock::showSnapshot(LiveSnapshotPtr snapshot)
{
    if (!snapshot)
        return;
    m_newest = std::move(snapshot);
    if (!m_newest->series.buckets.empty())
        m_pages->setCurrentIndex(1);
    setDispatchPaused(m_newest->admission.paused);
    if (!m_viewPaused) {
        m_shown = m_newest;
        m_chart->setSnapshot(m_shown);
    }
    if (!m_textTimer.isActive())
        showTexts();
}

/** At once after a rest, then at most twice a second; the last state is always shown. */
void LiveDock::showTexts()
{
    const LiveSnapshotPtr &wanted = m_viewPaused ? m_shown : m_newest;
    if (wanted && wanted != m_shownTexts) {
        m_shownTexts = wanted;
        m_tiles->showSnapshot(*wanted);
        m_hosts->showSnapshot(*wanted);
        m_textTimer.start();
    }
    if (m_viewPaused)
        showStatus();
}

void LiveDock::showProgress(const RunProgress &progress)
{
    m_progress = progress;
    m_stop->setEnabled(progress.running);
    showStatus();
}

void LiveDock::setDispatchPaused(bool paused)
{
    m_pauseDispatch->setChecked(paused);
    m_pauseDispatch->setText(paused ? tr("Resume dispatch") : tr("Pause dispatch"));
}

void LiveDock::setViewPaused(bool paused)
{
    if (paused == m_viewPaused)
        return;
    m_viewPaused = paused;
    m_pauseView->setChecked(paused);
    m_pauseView->setText(paused ? tr("Resume view") : tr("Pause view"));
    if (!paused && m_newest) {
        m_shown = m_newest;
        m_chart->setSnapshot(m_shown);
        showTexts();
    }
    showStatus();
}

void LiveDock::showStatus()
{
    QStringList parts;
    if (!m_progress.name.isEmpty()) {
        QString run = tr("run: %1").arg(m_progress.name);
        if (!m_progress.running)
            run = tr("%1 finished, %2 requests, %3 failed")
                      .arg(m_progress.name, countText(qint64(m_progress.done)),
                           countText(qint64(m_progress.failed)));
        else if (m_progress.planned > 0)
            run += tr(", %1 %").arg(m_progress.done * 100 / m_progress.planned);
        parts << run;
        if (m_progress.running && m_progress.leftUs >= 0)
            parts << tr("%1 left").arg(spanText(m_progress.leftUs));
    }
    if (m_viewPaused && m_newest && m_shown)
        parts << tr("view paused, live is %1 ahead, End resumes")
                     .arg(spanText(m_newest->atUs - m_shown->atUs));
    m_status->setText(parts.join(u" \u00B7 "_s));
}

} // namespace Sluice
