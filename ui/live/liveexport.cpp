// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/liveexport.h"

#include "ui/live/chartexport.h"
#include "ui/live/concurrencychart.h"
#include "ui/live/epochmodel.h"
#include "ui/live/epochtable.h"
#include "ui/live/livedock.h"
#include "ui/live/requestarchive.h"
#include "ui/live/savedialog.h"
#include "ui/live/waterfall.h"

#include <QClipboard>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace Sluice {

LiveExport::LiveExport(LiveDock *dock) : QObject(dock), m_dock(dock) {}

TimePanel *LiveExport::chart() const
{
    // The dock remembers the focus, while a menu or the palette has the keyboard.
    auto *focused = qobject_cast<TimePanel *>(m_dock->focusWidget());
    return focused && focused->isVisible() ? focused : m_dock->findChild<ConcurrencyChart *>();
}

void LiveExport::copyPicture()
{
    QGuiApplication::clipboard()->setPixmap(chart()->grab());
}

void LiveExport::savePicture()
{
    askForFile(
        m_dock, tr("Save picture"), tr("PNG picture (*.png);;SVG picture (*.svg)"), u"png"_s,
        [panel = chart()](const QString &path) { return Sluice::savePicture(*panel, path); });
}

QString LiveExport::numbers() const
{
    const LiveSnapshotPtr &snapshot = m_dock->findChild<ConcurrencyChart *>()->snapshot();
    return snapshot ? seriesCsv(*snapshot) : QString();
}

void LiveExport::copyNumbers()
{
    QGuiApplication::clipboard()->setText(numbers());
}

void LiveExport::saveNumbers()
{
    saveCsv(tr("Save numbers"), numbers());
}

void LiveExport::saveRequests()
{
    const auto *charts = m_dock->findChild<ConcurrencyChart *>();
    askForHar(m_dock, charts->snapshot(), m_dock->findChild<Waterfall *>()->choice(),
              charts->chosenTime());
}

void LiveExport::copyLimitsTried()
{
    QGuiApplication::clipboard()->setText(m_dock->findChild<EpochTable *>()->model()->toCsv());
}

void LiveExport::saveLimitsTried()
{
    saveCsv(tr("Save limits tried"), m_dock->findChild<EpochTable *>()->model()->toCsv());
}

/** What was seen when it was asked for, however long the dialog stays open. */
void LiveExport::saveCsv(const QString &title, const QString &csv)
{
    askForFile(m_dock, title, tr("CSV table (*.csv)"), u"csv"_s,
               [csv](const QString &path) { return saveText(csv, path); });
}

} // namespace Sluice
