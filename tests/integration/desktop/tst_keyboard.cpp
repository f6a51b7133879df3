// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/desktop/desktop.h"
#include "tests/support/livesimulation.h"
#include "ui/live/concurrencychart.h"
#include "ui/live/livetable.h"
#include "ui/mainwindow/requesttab.h"
#include "ui/theme/mode.h"
#include "ui/theme/theme.h"
#include "ui/widgets/underlinetabs.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QInputDialog>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

/** Not a label without text, though its text could be selected. */
bool isControl(const QWidget *widget)
{
    const auto *label = qobject_cast<const QLabel *>(widget);
    return widget->isVisible() && widget->isEnabled() && widget->focusPolicy() != Qt::NoFocus
           && !widget->objectName().startsWith(u"qt_"_s) && (!label || !label->text().isEmpty());
}

/** "QPushButton goOn in TourCard": enough to find it. */
QString describe(const QWidget *widget)
{
    return u"%1 %2 in %3"_s.arg(
        QString::fromLatin1(widget->metaObject()->className()), widget->objectName(),
        QString::fromLatin1(widget->parentWidget()->metaObject()->className()));
}

} // namespace

/** The whole window, by keyboard and for assistive technology. */
class TestKeyboard final : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Test::Desktop> m_desktop;

    MainWindow &window() { return m_desktop->window; }
    QWidget *focus() const { return QApplication::focusWidget(); }

    /** Charts, hosts and every part of a request on the screen. */
    void fill()
    {
        Limits limits;
        limits.total = 16;
        LiveSimulation simulation(limits);
        simulateShop(simulation);
        m_desktop->live->showSnapshot(simulation.snapshot());
        m_desktop->live->setMoreCharts(true);
        QTest::keyClick(&window(), Qt::Key_N, Qt::ControlModifier);
        QVERIFY(window().currentRequest());
    }

    void listNameless(QStringList &nameless)
    {
        for (QWidget *widget : window().findChildren<QWidget *>()) {
            if (!isControl(widget))
                continue;
            QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
            const bool named = accessible && !accessible->text(QAccessible::Name).isEmpty();
            if (!named && !nameless.contains(describe(widget)))
                nameless << describe(widget);
        }
    }

private slots:
    void init()
    {
        applyTheme(*qApp, ThemeMode::Light);
        m_desktop = std::make_unique<Test::Desktop>();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
    }

    void cleanup() { m_desktop.reset(); }

    void theKeyboardIsSomewhereFromTheStart()
    {
        QVERIFY(focus());
        QTest::keyClick(focus(), Qt::Key_N, Qt::ControlModifier);
        QVERIFY(window().currentRequest());
        QCOMPARE(focus()->objectName(), u"url"_s);
    }

    void everyControlHasAName()
    {
        fill();
        QStringList nameless;
        auto *parts = m_desktop->find<UnderlineTabs>(u"requestParts"_s);
        for (int i = 0; i < 7; ++i) {
            parts->setCurrentIndex(i);
            listNameless(nameless);
        }
        m_desktop->live->setTableShown(true);
        listNameless(nameless);
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u'\n')));
    }

    void tabReachesEveryControl()
    {
        fill();
        QList<QWidget *> reached;
        // Twice round: a host that got the keyboard has a handle from then on.
        QWidget *start = focus();
        for (int i = 0, rounds = 0; i < 500 && rounds < 2; ++i) {
            if (!reached.contains(focus()))
                reached << focus();
            QTest::keyClick(focus(), Qt::Key_Tab);
            rounds += focus() == start ? 1 : 0;
        }
        QStringList missed;
        for (QWidget *widget : window().findChildren<QWidget *>()) {
            const bool takesTab = widget->focusPolicy() & Qt::TabFocus;
            if (isControl(widget) && takesTab && !widget->focusProxy() && !reached.contains(widget))
                missed << describe(widget);
        }
        QVERIFY2(missed.isEmpty(), qPrintable(missed.join(u'\n')));
        // Window order: what stands above and left comes first.
        const auto place = [&](const QString &name) {
            return reached.indexOf(m_desktop->find<QWidget>(name));
        };
        QVERIFY(place(u"url"_s) < place(u"pauseView"_s));
        QVERIFY(place(u"pauseView"_s) < place(u"totalLimitHandle"_s));
    }

    void pausesDispatchFromAnywhere()
    {
        auto *button = m_desktop->find<QPushButton>(u"pauseDispatch"_s);
        QSignalSpy toggled(m_desktop->live, &LiveDock::pauseDispatchToggled);
        QTest::keyClick(focus(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(button->isChecked());
        QCOMPARE(toggled.size(), 1);
        QTest::keyClick(focus(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!button->isChecked());
    }

    void chartsHaveATable()
    {
        fill();
        auto *chart = window().findChild<ConcurrencyChart *>();
        auto *table = m_desktop->find<LiveTable>(u"liveTable"_s);
        chart->setFocus();
        QTest::keyClick(chart, Qt::Key_D, Qt::ControlModifier);
        QVERIFY(table->isVisible());
        QCOMPARE(focus(), table);
        QVERIFY(table->model()->rowCount() > 10);
        QVERIFY(table->selectedText().startsWith(u"From\tIn flight"_s));
        QTest::keyClick(table, Qt::Key_Escape);
        QVERIFY(!table->isVisible());
        QCOMPARE(focus(), chart);
    }

    void theMenuTakesNumbersAndPicturesOut()
    {
        fill();
        QClipboard *clipboard = QApplication::clipboard();
        const auto trigger = [this](const QString &id) {
            window().actions()->action(id)->trigger();
        };
        trigger(u"live.copyNumbers"_s);
        QVERIFY(clipboard->text().startsWith(u"seconds,in_flight_min"_s));
        trigger(u"live.copyLimitsTried"_s);
        QVERIFY(clipboard->text().startsWith(u"number,total"_s));
        trigger(u"live.copyPicture"_s);
        QVERIFY(!clipboard->image().isNull());
        trigger(u"live.table"_s);
        QVERIFY(m_desktop->find<LiveTable>(u"liveTable"_s)->isVisible());
        trigger(u"live.savePicture"_s);
        QVERIFY(window().findChild<QFileDialog *>());
    }

    void limitsFollowDragIsKept()
    {
        QAction *action = window().actions()->action(u"live.followDrag"_s);
        QSignalSpy told(&window(), &MainWindow::limitsFollowDragChanged);
        action->trigger();
        QCOMPARE(told.size(), 1);
        QVERIFY(m_desktop->settings.value(u"live/followDrag"_s).toBool());
    }

    /** Nothing is started again for it: what is open is drawn in the other colours at once. */
    void themeIsSwitchedWhileTheWindowIsOpen()
    {
        fill();
        auto *chart = window().findChild<ConcurrencyChart *>();
        const auto paper = [chart] {
            return chart->grab().toImage().pixelColor(
                chart->chartGeometry().plot.topRight().toPoint() + QPoint(4, 1));
        };
        const auto trigger = [this](const QString &id) {
            QAction *action = window().actions()->action(id);
            action->trigger();
            QVERIFY(action->isChecked() || id == u"view.highContrast"_s);
        };
        QTRY_COMPARE(paper(), Theme::lightMode().background);
        trigger(u"view.themeDark"_s);
        QTRY_COMPARE(paper(), Theme::darkMode().background);
        QCOMPARE(loadAppearance(m_desktop->settings).mode, ThemeMode::Dark);
        trigger(u"view.highContrast"_s);
        QTRY_COMPARE(paper(), Theme::darkContrast().background);
        QCOMPARE(loadAppearance(m_desktop->settings).contrast, Contrast::High);
        trigger(u"view.themeLight"_s);
        QTRY_COMPARE(paper(), Theme::lightContrast().background);
        trigger(u"view.highContrast"_s);
        QTRY_COMPARE(paper(), Theme::lightMode().background);
        trigger(u"view.themeSystem"_s);
        QCOMPARE(loadAppearance(m_desktop->settings), Appearance{});
        // As the program does at its start.
        window().showAppearance({ThemeMode::Dark, Contrast::High});
        QVERIFY(window().actions()->action(u"view.themeDark"_s)->isChecked());
        QVERIFY(window().actions()->action(u"view.highContrast"_s)->isChecked());
    }

    /** Every colour that was set once follows, too: the words at the head of the live view. */
    void warningsFollowTheTheme()
    {
        auto *button = m_desktop->find<QPushButton>(u"pauseDispatch"_s);
        QTest::keyClick(focus(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(button->palette().color(QPalette::ButtonText), Theme::lightMode().warning);
        window().actions()->action(u"view.themeDark"_s)->trigger();
        QTRY_COMPARE(button->palette().color(QPalette::ButtonText), Theme::darkMode().warning);
        for (const QPushButton *link : window().findChildren<QPushButton *>()) {
            if (link->text() == u"+ Add host"_s)
                QCOMPARE(link->palette().color(QPalette::ButtonText), Theme::darkMode().accent);
        }
    }

    /** Ctrl+F6, since F6 runs a folder. */
    void panelsAreGoneThrough()
    {
        fill();
        const auto partOf = [](const QWidget *widget) {
            while (widget && !widget->inherits("QDockWidget")
                   && !widget->inherits("Sluice::CollectionPanel")
                   && !widget->inherits("Sluice::DocumentArea"))
                widget = widget->parentWidget();
            return widget;
        };
        QList<const QWidget *> parts;
        QWidget *start = focus();
        for (int i = 0; i < 10 && (parts.isEmpty() || focus() != start); ++i) {
            parts << partOf(focus());
            QTest::keyClick(focus(), Qt::Key_F6, Qt::ControlModifier);
        }
        QCOMPARE(parts.size(), 4); // Tree, tabs, limits, live.
        QCOMPARE(QSet<const QWidget *>(parts.begin(), parts.end()).size(), 4);
        QCOMPARE(focus(), start); // Each keeps its place.
        QTest::keyClick(focus(), Qt::Key_F6, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(partOf(focus()), parts[0] == partOf(start) ? parts.last() : parts[0]);
    }

    void updatesASecondAreKept()
    {
        QSignalSpy told(&window(), &MainWindow::liveRateChosen);
        window().actions()->action(u"live.rate"_s)->trigger();
        auto *dialog = window().findChild<QInputDialog *>();
        QVERIFY(dialog);
        QCOMPARE(dialog->intValue(), 10);
        QCOMPARE(dialog->intMinimum(), 4);
        QCOMPARE(dialog->intMaximum(), 30);
        dialog->setIntValue(25);
        dialog->accept();
        QCOMPARE(told.size(), 1);
        QCOMPARE(told[0][0].toInt(), 25);
        window().restore(); // As the next session does.
        QCOMPARE(told.last()[0].toInt(), 25);
    }

    void reducedMotionIsKept()
    {
        QAction *action = window().actions()->action(u"view.reducedMotion"_s);
        QSignalSpy told(&window(), &MainWindow::reducedMotionChanged);
        action->trigger();
        QCOMPARE(told.size(), 1);
        QVERIFY(!window().isAnimated());
        QVERIFY(m_desktop->settings.value(u"view/reducedMotion"_s).toBool());
    }
};

QTEST_MAIN(TestKeyboard)
#include "tst_keyboard.moc"
