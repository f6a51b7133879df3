// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/livedock.h"

#include "core/metrics/percentiletrust.h"
#include "ui/live/concurrencychart.h"
#include "ui/live/eventtable.h"
#include "ui/live/hostlanes.h"
#include "ui/live/limithandle.h"
#include "ui/live/liveaccessible.h"
#include "ui/live/liveempty.h"
#include "ui/live/livepanels.h"
#include "ui/live/livetext.h"
#include "ui/live/livetiles.h"
#include "ui/theme/theme.h"
#include "ui/widgets/announcer.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QMainWindow>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int HeaderHeight = 100; ///< Of title and tiles.

} // namespace

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
    m_restTimer.setSingleShot(true);
    connect(&m_restTimer, &QTimer::timeout, this, &LiveDock::showRest);
    connectLimits();
    colourStop();
    showStatus();
}

LiveDock::~LiveDock()
{
    qApp->disconnect(this); // The focus that goes with it is told of later.
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
    for (QLabel *chip : {m_lagChip, m_stalledChip})
        tintText(chip, theme.warning);
    colourPause();
}

void LiveDock::setMoreCharts(bool shown)
{
    m_more->setChecked(shown);
    m_panels->setMoreCharts(shown);
    fitHeight();
}

void LiveDock::setWaterfallShown(bool shown)
{
    m_requests->setChecked(shown);
    m_panels->setWaterfallShown(shown);
    fitHeight();
}

void LiveDock::setHostsOverTimeShown(bool shown)
{
    m_hostsOverTime->setChecked(shown);
    m_panels->setHeatmapShown(shown);
    fitHeight();
}

void LiveDock::fitHeight()
{
    auto *window = qobject_cast<QMainWindow *>(parentWidget());
    if (!window || isFloating())
        return;
    const int wanted = HeaderHeight + m_panels->wantedHeight();
    window->resizeDocks({this}, {std::min(wanted, window->height() * 2 / 3)}, Qt::Vertical);
}

void LiveDock::askForNote(qint64 atUs)
{
    const qint64 nowUs = m_shown ? m_shown->atUs : -1;
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Add note"));
    dialog->setLabelText(atUs < 0 ? tr("Note for now:")
                                  : tr("Note for %1 ago:").arg(shownDuration(nowUs - atUs)));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, atUs](const QString &text) {
        if (!text.trimmed().isEmpty())
            emit noteAdded(atUs, text.trimmed());
    });
    dialog->open();
}

void LiveDock::showLag(qint64 lagUs)
{
    m_lagChip->setVisible(lagUs > 0);
    m_lagChip->setText(tr("UI lag %1").arg(shownDuration(lagUs)));
}

QWidget *LiveDock::totalLimitHandle() const
{
    return m_panels->concurrency()->totalHandle();
}

QWidget *LiveDock::firstPanel() const
{
    return m_panels->concurrency();
}

void LiveDock::addEmptyAction(QAction *action)
{
    m_empty->addAction(action);
}

void LiveDock::selectHost(const QString &endpoint)
{
    m_hosts->setSelectedHost(endpoint);
    m_panels->setSelectedHost(endpoint);
}

void LiveDock::announce(const QString &text)
{
    m_announcer->announce(text);
}

void LiveDock::setReducedMotion(bool reduced)
{
    m_reducedMotion = reduced;
}

void LiveDock::setLimitsFollowDrag(bool follow)
{
    m_panels->concurrency()->totalHandle()->setFollowsDrag(follow);
    m_panels->concurrency()->hostHandle()->setFollowsDrag(follow);
    m_hosts->setFollowsDrag(follow);
}

/** At once: numbers of a run that is over would be wrong, however briefly. */
void LiveDock::showFinalState()
{
    if (!m_newest)
        return;
    showRest();
    m_isFinishing = m_newest->admission.inFlight > 0 || m_newest->admission.queued > 0;
}

void LiveDock::togglePauseDispatch()
{
    m_pauseDispatch->click();
}

void LiveDock::setDispatchPaused(bool paused)
{
    m_pauseDispatch->setChecked(paused);
    const QString text = paused ? tr("Resume dispatch") : tr("Pause dispatch");
    if (text == m_pauseDispatch->text())
        return;
    m_pauseDispatch->setText(text);
    colourPause();
}

/** Not to be mistaken for a view that stands still: here the requests do. */
void LiveDock::colourPause()
{
    QPalette colours = palette();
    if (m_pauseDispatch->isChecked())
        colours.setColor(QPalette::ButtonText, Theme::of(colours).warning);
    m_pauseDispatch->setPalette(colours);
}

} // namespace Sluice
