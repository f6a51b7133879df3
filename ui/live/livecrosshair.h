// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <optional>

namespace Sluice {

/** A range of time that was marked; never empty. */
struct TimeRange
{
    qint64 beginUs = 0;
    qint64 endUs = 0;

    bool operator==(const TimeRange &) const = default;
};

/** What is pointed at in all panels at once, with the mouse or the keyboard. */
class LiveCrosshair final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /** From the left of the plot, in widget pixels. */
    std::optional<double> x() const { return m_x; }
    void setX(std::optional<double> x)
    {
        if (x == m_x)
            return;
        m_x = x;
        emit moved();
    }

    const std::optional<TimeRange> &range() const { return m_range; }
    void setRange(std::optional<TimeRange> range)
    {
        if (range == m_range)
            return;
        m_range = range;
        emit moved();
        emit rangeChanged();
    }

signals:
    void moved();
    void rangeChanged();

private:
    std::optional<double> m_x;
    std::optional<TimeRange> m_range;
};

} // namespace Sluice
