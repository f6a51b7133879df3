// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

namespace Sluice {

/** The strip across the top: which collection, which environment, the palette, the menu. */
class TopBar final : public QWidget
{
    Q_OBJECT

public:
    explicit TopBar(QWidget *parent = nullptr);

    void setCollection(const QString &name, const QString &path);
    /** Offers \a names and "No environment"; \a current is selected without a signal. */
    void setEnvironments(const QStringList &names, const QString &current);
    /** The menu behind the button at the right end. */
    void setMenu(QMenu *menu);
    void openEnvironments();
    void openMenu();

signals:
    /** Empty = no environment. */
    void environmentChosen(const QString &name);
    void paletteRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_name = nullptr;
    QLabel *m_path = nullptr;
    QComboBox *m_environment = nullptr;
    QPushButton *m_search = nullptr;
    QToolButton *m_menu = nullptr;
    QMenu *m_popup = nullptr;
};

} // namespace Sluice
