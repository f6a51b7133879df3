// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/live/timepanel.h"

namespace Sluice {

/**
 * Hosts over time, one line each, for when there are too many for lanes: the more of its limit a
 * host uses, the fuller the colour; a bar under a cell says that requests waited, a dot over it
 * that the server answered 429 or 503. Clicking a line, or Up and Down, selects the host.
 */
class HostHeatmap final : public TimePanel
{
    Q_OBJECT

public:
    explicit HostHeatmap(LiveCrosshair *crosshair, QWidget *parent = nullptr);

    void setSelectedHost(const QString &endpoint);
    /** The line of \a host, counted from the top, in widget coordinates. */
    QRectF lineRect(int host) const;
    QString summary() const override;
    QString csv(const LiveSnapshot &snapshot) const override;

signals:
    void hostSelected(const QString &endpoint);

protected:
    void scale() override;
    void paintPlot(QPainter &painter) override;
    QStringList crosshairText(qint64 atUs) const override;
    qint64 sampleUs() const override { return m_snapshot ? m_snapshot->cellUs : 1'000'000; }
    bool showsTimeLabels() const override { return false; }
    void hoverAt(QPointF position) override;
    void leaveEvent(QEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    int hostCount() const { return m_snapshot ? int(m_snapshot->hosts.size()) : 0; }
    int hostAt(double y) const;
    int selectedIndex() const;
    void paintLine(QPainter &painter, int index) const;

    QString m_selected;
    std::optional<double> m_mouseY;
};

/** How much of its limit a host used in \a cell, 0…1; without a limit, of \a peak. */
double usedShare(const HostCell &cell, int peak);

} // namespace Sluice
