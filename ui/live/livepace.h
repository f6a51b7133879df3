// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QWidget;

namespace Sluice {

/**
 * How often a second the live view is told anew: as a person chose, and once a second while the
 * window is minimised or hidden. GUI thread.
 */
class LivePace final : public QObject
{
    Q_OBJECT

public:
    static constexpr int Slowest = 4; ///< Of what can be chosen.
    static constexpr int Usual = 10;
    static constexpr int Fastest = 30;
    static constexpr int Unseen = 1;

    /** \a window outlives the pace. */
    explicit LivePace(QWidget *window);

    int chosen() const { return m_chosen; }
    /** What holds now. */
    int perSecond() const { return m_told; }

public slots:
    /** Clamped to what can be chosen. */
    void choose(int perSecond);

signals:
    void changed(int perSecond);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void tell();

    QWidget *m_window;
    int m_chosen = Usual;
    int m_told = Usual;
};

} // namespace Sluice
