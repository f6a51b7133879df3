// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace Sluice {

class LiveDock;
class TimePanel;

/**
 * What of the live view can be taken out of it, for menus and the palette: the picture of the chart
 * that had the keyboard last, the numbers of all charts, and what each set of limits brought.
 */
class LiveExport final : public QObject
{
    Q_OBJECT

public:
    /** \a dock owns the object. */
    explicit LiveExport(LiveDock *dock);

    /** The chart whose picture is taken; the concurrency chart unless another had the focus. */
    TimePanel *chart() const;

public slots:
    void copyPicture();
    void savePicture();
    void copyNumbers();
    void saveNumbers();
    /** The requests that the waterfall shows, or those in the marked range, as HAR. */
    void saveRequests();
    void copyLimitsTried();
    void saveLimitsTried();

private:
    void saveCsv(const QString &title, const QString &csv);
    QString numbers() const;

    LiveDock *m_dock;
};

} // namespace Sluice
