// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livesnapshot.h"
#include "ui/live/limitwidget.h"

#include <QScrollArea>

class QVBoxLayout;

namespace Sluice {

/**
 * One host: a bar of what is in flight with a tick at its limit that is dragged left and right,
 * queue, rate and p95. Up and Down go to the neighbours. To assistive technology it is a slider.
 */
class HostRow final : public LimitWidget
{
    Q_OBJECT

public:
    explicit HostRow(QWidget *parent = nullptr);

    /** \a fullScale is the value at the right end of every row's bar. */
    void showHost(const LiveHost &host, int fullScale, qint64 nowUs);
    const QString &endpoint() const { return m_host.admission.endpoint; }
    const LiveHost &host() const { return m_host; }
    void setSelected(bool selected);
    /** Where the bar is; x grows with the value. */
    QRectF barRect() const;
    double valueToX(double value) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {320, sizeHint().height()}; }

signals:
    void selected();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    QString detailText() const;
    bool isOnTick(const QPointF &position) const;
    void paintBar(QPainter &painter) const;
    void paintTexts(QPainter &painter) const;

    LiveHost m_host;
    int m_fullScale = 1;
    qint64 m_oldestWaitUs = 0;
    bool m_selected = false;
};

/** What the columns of the rows are. */
class HostHeading final : public QWidget
{
    Q_OBJECT

public:
    explicit HostHeading(QWidget *parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

/** The hosts of the last minute, one row each. */
class HostLanes final : public QScrollArea
{
    Q_OBJECT

public:
    explicit HostLanes(QWidget *parent = nullptr);

    void showSnapshot(const LiveSnapshot &snapshot);
    void setSelectedHost(const QString &endpoint);

    QSize sizeHint() const override { return {500, 160}; }

signals:
    void hostSelected(const QString &endpoint);
    void hostLimitChosen(const QString &endpoint, int limit);

private:
    HostRow *addRow();

    QVBoxLayout *m_layout;
    std::vector<HostRow *> m_rows;
    QString m_selected;
};

} // namespace Sluice
