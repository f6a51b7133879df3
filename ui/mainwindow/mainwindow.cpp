// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/mainwindow.h"

namespace Sluice {

MainWindow::MainWindow(QWidget *parent) : QMainWindow(parent) {}

} // namespace Sluice
