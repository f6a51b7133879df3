// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/actiontable.h"
#include "ui/live/livepace.h"
#include "ui/mainwindow/mainwindow.h"

#include <QActionGroup>
#include <QApplication>
#include <QInputDialog>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr auto LiveRateKey = "live/updatesPerSecond"_L1;

QString actionOf(ThemeMode mode)
{
    switch (mode) {
    case ThemeMode::System:
        return u"view.themeSystem"_s;
    case ThemeMode::Light:
        return u"view.themeLight"_s;
    case ThemeMode::Dark:
        return u"view.themeDark"_s;
    }
    return {};
}

} // namespace

void MainWindow::connectAppearance()
{
    auto *modes = new QActionGroup(this);
    for (const ThemeMode mode : {ThemeMode::System, ThemeMode::Light, ThemeMode::Dark}) {
        QAction *action = m_actions->action(actionOf(mode));
        action->setCheckable(true);
        action->setChecked(mode == m_appearance.mode);
        modes->addAction(action);
        connect(action, &QAction::triggered, this, [this, mode] {
            m_appearance.mode = mode;
            applyAppearance();
        });
    }
    QAction *contrast = m_actions->action(u"view.highContrast"_s);
    contrast->setCheckable(true);
    connect(contrast, &QAction::triggered, this, [this](bool high) {
        m_appearance.contrast = high ? Contrast::High : Contrast::System;
        applyAppearance();
    });
}

void MainWindow::applyAppearance()
{
    saveAppearance(*m_settings, m_appearance);
    applyTheme(*qApp, m_appearance.mode, m_appearance.contrast);
}

void MainWindow::askLiveRate()
{
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Live view"));
    dialog->setLabelText(tr("Updates a second (more is smoother, and takes more of a processor):"));
    dialog->setInputMode(QInputDialog::IntInput);
    dialog->setIntRange(LivePace::Slowest, LivePace::Fastest);
    dialog->setIntValue(m_settings->value(LiveRateKey, LivePace::Usual).toInt());
    connect(dialog, &QInputDialog::intValueSelected, this, [this](int perSecond) {
        m_settings->setValue(LiveRateKey, perSecond);
        emit liveRateChosen(perSecond);
    });
    dialog->open();
}

void MainWindow::restoreLiveRate()
{
    emit liveRateChosen(m_settings->value(LiveRateKey, LivePace::Usual).toInt());
}

void MainWindow::showAppearance(const Appearance &appearance)
{
    m_appearance = appearance;
    m_actions->action(actionOf(appearance.mode))->setChecked(true);
    m_actions->action(u"view.highContrast"_s)->setChecked(appearance.contrast == Contrast::High);
}

} // namespace Sluice
