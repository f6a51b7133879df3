// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDoubleSpinBox>
#include <QWidget>

class QToolButton;

namespace Sluice {

/** A spin box for a limit: 0 is shown as a word, Page Up and Page Down go along the ladder. */
class LimitSpinBox final : public QDoubleSpinBox
{
    Q_OBJECT

public:
    /** \a zeroText is shown for 0: "unlimited", "off". */
    explicit LimitSpinBox(const QString &zeroText, int decimals, QWidget *parent = nullptr);

    void stepBy(int steps) override;
    QString textFromValue(double value) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }
};

/**
 * A labelled limit with a button that brings back what the collection says, in reach only while it
 * differs.
 */
class LimitSpin final : public QWidget
{
    Q_OBJECT

public:
    struct Kind
    {
        QString label;
        QString zeroText;
        int decimals = 0;
        QString toolTip;
        double least = 0; ///< Above 0, there is no word for 0.
        QString unit;     ///< Shown after the number.
    };

    LimitSpin(const Kind &kind, QWidget *parent = nullptr);

    /** \a loaded is what the button brings back. Emits nothing. */
    void setValue(double value, double loaded);
    double value() const { return m_box->value(); }
    LimitSpinBox *box() const { return m_box; }

signals:
    void edited(double value);

private:
    void showReset();

    QString m_unit;
    double m_loaded = 0;
    LimitSpinBox *m_box;
    QToolButton *m_reset;
};

} // namespace Sluice
