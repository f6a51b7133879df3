// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livesnapshot.h"
#include "ui/live/limitwidget.h"

#include <QScrollArea>

class QToolButton;
class QVBoxLayout;

namespace Sluice {

/**
 * One host: a bar of what is in flight with a tick at its limit that is dragged left and right,
 * queue, rate and p95, and where there is room the last minute in small. Of a host on hold it says
 * how long that lasts; a click there, or the menu, ends it. Up and Down go to the neighbours. To
 * assistive technology it is a slider.
 */
class HostRow final : public LimitWidget
{
    Q_OBJECT

public:
    explicit HostRow(QWidget *parent = nullptr);

    /**
     * A host of \a snapshot; \a fullScale is the value at the right end of every row's bar.
     */
    void showHost(const LiveHost &host, const LiveSnapshot &snapshot, int fullScale);
    const QString &endpoint() const { return m_host.admission.endpoint; }
    const LiveHost &host() const { return m_host; }
    void setSelected(bool selected);
    /** Where the bar is; x grows with the value. */
    QRectF barRect() const;
    double valueToX(double value) const;
    /** Where its last cell is: how fast the host is, or what keeps it from going on. */
    QRectF remarkRect() const;
    bool isOnHold() const { return m_holdLeftUs > 0; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {320, sizeHint().height()}; }

signals:
    void selected();
    /** The host is on hold, and the user does not want to wait for the end of it. */
    void holdEndRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    QString detailText() const;
    QString remarkText() const;
    bool isOnTick(const QPointF &position) const;
    void paintMinute(QPainter &painter) const;
    void paintBar(QPainter &painter) const;
    void paintTexts(QPainter &painter) const;

    LiveHost m_host;
    std::vector<HostCell> m_minute; ///< Its newest steps.
    double m_minuteStep = 1;        ///< Width of each.
    int m_fullScale = 1;
    qint64 m_oldestWaitUs = 0;
    qint64 m_holdLeftUs = 0;
    bool m_selected = false;
};

/** What the columns of the rows are. */
class HostHeading final : public QWidget
{
    Q_OBJECT

public:
    explicit HostHeading(QWidget *parent = nullptr);
    QSize sizeHint() const override;

signals:
    void longestWaitFirstToggled(bool first);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void placeButton();
    void colourButton();

    QToolButton *m_byWait;
};

/**
 * The hosts of the last minute, one row each: in the order of their first use, or the longest wait
 * first; while one of them has the keyboard or is being dragged, none changes its place.
 */
class HostLanes final : public QScrollArea
{
    Q_OBJECT

public:
    explicit HostLanes(QWidget *parent = nullptr);

    void showSnapshot(const LiveSnapshot &snapshot);
    void setSelectedHost(const QString &endpoint);
    /** See LimitWidget. */
    void setFollowsDrag(bool follows);

signals:
    void hostSelected(const QString &endpoint);
    void hostLimitChosen(const QString &endpoint, int limit);
    void holdEndRequested(Sluice::EndpointId endpoint);

private:
    HostRow *addRow();
    std::vector<const LiveHost *> inOrder(const LiveSnapshot &snapshot);

    QVBoxLayout *m_layout;
    std::vector<HostRow *> m_rows;
    QString m_selected;
    std::vector<EndpointId> m_order; ///< As shown.
    bool m_longestWaitFirst = false;
    bool m_followsDrag = false;
};

} // namespace Sluice
