// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/live/chartgeometry.h"
#include "ui/live/limitwidget.h"

namespace Sluice {

/**
 * The label at the right end of a limit line, dragged up and down. The chart places it; to
 * assistive technology it is a slider.
 */
class LimitHandle final : public LimitWidget
{
    Q_OBJECT

public:
    enum class Kind { Total, Host };

    explicit LimitHandle(Kind kind, QWidget *parent = nullptr);

    void setName(const QString &name); ///< "total", or the host.
    const QString &name() const { return m_name; }
    /** The scale that drags are read on; in the parent's coordinates. */
    void setGeometryOfChart(const ChartGeometry &geometry);

    /** A drag that began elsewhere, on the line; y in the parent's coordinates. */
    void dragTo(double y, bool coarse);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    QString text() const;

    Kind m_kind;
    QString m_name;
    ChartGeometry m_geometry;
    double m_grabOffset = 0; ///< From the line to where the mouse took hold.
};

} // namespace Sluice
