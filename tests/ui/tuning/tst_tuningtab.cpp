// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style.h"
#include "ui/theme/theme.h"
#include "ui/tuning/staircase.h"
#include "ui/tuning/sweepplot.h"
#include "ui/tuning/sweepsetup.h"
#include "ui/tuning/sweeptable.h"
#include "ui/tuning/sweepview.h"
#include "ui/tuning/tuningtab.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Sluice;
using namespace Qt::StringLiterals;

class TestTuningTab final : public QObject
{
    Q_OBJECT

private slots:
    void showsTheVerdict();
    void appliesTheLimit();
    void showsEachHostAndTheTotal();
    void comparesTwoSweeps();
    void clickOnAStepShowsItsTime();
    void keysChooseAStep();
    void comparesFromTheMenu();
    void savesAndOpensReports();
    void copiesCode();
    void offersNothingWithoutAKnee();
    void choosesALevelEverywhere();
    void choosesByKeyboard();
    void asksForConsent();
    void sendsUnsafeMethodsOnlyWhenTicked();
    void showsTheTimeLeft();
    void saysWhatAClosedLoopMeans();
    void readsTheSetup();
    void marksTheRecommendedPixel();
    void takesShots_data();
    void takesShots();
};

namespace {

/** The sweep of the mock-up: eight workers that slow down when overloaded. */
SweepResultPtr mockSweep()
{
    struct Row
    {
        int limit;
        double rate;
        int p50;
        int p95;
        int p99;
    };
    const Row rows[] = {{1, 24, 41, 58, 70},     {2, 47, 42, 60, 72},     {4, 93, 42, 61, 75},
                        {6, 139, 43, 62, 77},    {8, 184, 43, 64, 80},    {10, 196, 51, 80, 104},
                        {12, 198, 60, 96, 130},  {16, 194, 82, 140, 190}, {24, 176, 136, 240, 330},
                        {32, 157, 203, 360, 480}};
    auto result = std::make_shared<SweepResult>();
    const auto add = [&result](const Row &row, SweepPass pass, int block) {
        result->levels.push_back({.limit = row.limit,
                                  .pass = pass,
                                  .block = block,
                                  .beganUs = qint64(result->levels.size()) * 3'000'000,
                                  .measuredUs = 2'000'000,
                                  .completed = 300,
                                  .throughput = row.rate,
                                  .ciHalfWidth = row.rate * 0.03,
                                  .meanUs = row.limit / row.rate * 1e6,
                                  .p50Us = row.p50 * 1000,
                                  .p95Us = row.p95 * 1000,
                                  .p99Us = row.p99 * 1000});
    };
    for (const Row &row : rows)
        add(row, SweepPass::Ascent, 0);
    for (int block = 1; block <= 3; ++block) {
        for (int index : {4, 3, 5})
            add(rows[index], SweepPass::Repeat, block);
    }
    result->host = u"https://api.shop.example"_s;
    result->request = u"GET List users"_s;
    result->protocol = u"HTTP/1.1"_s;
    result->durationUs = 41'000'000;
    result->sent = 5012;
    result->recommendation = recommend(result->levels, result->settings);
    result->verdict = sweepVerdict(result->recommendation, result->levels, result->host);
    return result;
}

QPushButton *buttonNamed(const QWidget &widget, const QString &text)
{
    const QList<QPushButton *> buttons = widget.findChildren<QPushButton *>();
    for (QPushButton *button : buttons) {
        if (button->text().startsWith(text))
            return button;
    }
    return nullptr;
}

} // namespace

void TestTuningTab::showsTheVerdict()
{
    TuningTab tab(nullptr);
    const SweepResultPtr sweep = mockSweep();
    tab.showResult(sweep);
    QStringList texts;
    const QList<QLabel *> labels = tab.findChildren<QLabel *>();
    for (const QLabel *label : labels)
        texts += label->text();
    const QString use = u"Use <span"_s;
    QVERIFY2(
        std::ranges::any_of(texts, [&use](const QString &text) { return text.startsWith(use); }),
        qPrintable(texts.join(u'|')));
    QVERIFY(texts.contains(sweep->verdict.details));
    QCOMPARE(tab.findChild<QTableView *>()->model()->rowCount(), 10);
    const SweepPlot *plot = tab.findChild<SweepPlot *>();
    QVERIFY(plot->accessibleDescription().startsWith(sweep->verdict.headline));
    // The number is in the colour of the theme of the moment.
    const auto isGreenOf = [&labels, &use](const Theme &theme) {
        return std::ranges::any_of(labels, [&](const QLabel *label) {
            return label->text().startsWith(use) && label->text().contains(theme.good.name());
        });
    };
    tab.setPalette(Theme::lightMode().palette());
    QVERIFY(isGreenOf(Theme::lightMode()));
    tab.setPalette(Theme::darkMode().palette());
    QVERIFY(isGreenOf(Theme::darkMode()));
}

void TestTuningTab::appliesTheLimit()
{
    TuningTab tab(nullptr);
    tab.showResult(mockSweep());
    QSignalSpy applied(&tab, &TuningTab::applyRequested);
    buttonNamed(tab, u"Apply"_s)->click();
    QCOMPARE(applied.size(), 1);
    const auto found = applied.first().at(0).value<FoundLimits>();
    QCOMPARE(found.hosts, (std::vector<HostLimit>{{u"https://api.shop.example"_s,
                                                   *mockSweep()->recommendation.limit}}));
    QCOMPARE(found.total, 0);
}

void TestTuningTab::showsEachHostAndTheTotal()
{
    TuningTab tab(nullptr);
    auto *hosts = tab.findChild<QTabBar *>();
    tab.showResult(mockSweep());
    QVERIFY(hosts->isHidden());
    auto cdn = std::make_shared<SweepResult>(*mockSweep());
    cdn->host = u"https://cdn.shop.example"_s;
    tab.showResult(cdn);
    auto total = std::make_shared<SweepResult>(*mockSweep());
    total->isTotal = true;
    tab.showResult(total);
    QVERIFY(!hosts->isHidden());
    QCOMPARE(hosts->count(), 3);
    QSignalSpy applied(&tab, &TuningTab::applyRequested);
    buttonNamed(tab, u"Apply"_s)->click();
    const auto all = applied.first().at(0).value<FoundLimits>();
    QCOMPARE(all.hosts.size(), 2u);
    QCOMPARE(all.total, *total->recommendation.limit);
    hosts->setCurrentIndex(1);
    buttonNamed(tab, u"Apply"_s)->click();
    const auto one = applied.last().at(0).value<FoundLimits>();
    QCOMPARE(one.hosts.size(), 1u);
    QCOMPARE(one.hosts.front().pattern, cdn->host);
}

void TestTuningTab::comparesTwoSweeps()
{
    SweepTableModel model;
    const QAbstractItemModelTester tester(&model);
    model.setPoints(poolLevels(mockSweep()->levels), 8);
    QCOMPARE(model.columnCount(), 6);
    std::vector<SweepLevel> slower = mockSweep()->levels;
    for (SweepLevel &level : slower)
        level.throughput *= level.limit == 1 ? 0.99 : 0.8;
    model.setComparison(poolLevels(slower));
    QCOMPARE(model.columnCount(), 7);
    const auto change = [&model](int row) { return model.index(row, SweepTableModel::Change); };
    QCOMPARE(change(0).data().toString(), u"+1 %"_s);
    QVERIFY(change(0).data(Qt::ForegroundRole).isValid()); // Within the noise.
    QCOMPARE(change(4).data().toString(), u"+25 %"_s);
    QVERIFY(!change(4).data(Qt::ForegroundRole).isValid());
}

void TestTuningTab::clickOnAStepShowsItsTime()
{
    SweepView view;
    view.resize(1200, 800);
    view.setData(mockSweep()->levels, {}, 0);
    view.show();
    QSignalSpy shown(&view, &SweepView::levelShown);
    auto *staircase = view.findChild<Staircase *>();
    QTest::mouseClick(staircase, Qt::LeftButton, {}, staircase->stepRect(4).center().toPoint());
    QCOMPARE(shown.size(), 1);
    const SweepLevel level = mockSweep()->levels[4];
    QCOMPARE(shown.first().at(1).toLongLong(), level.beganUs + level.warmupUs + level.measuredUs);
}

void TestTuningTab::keysChooseAStep()
{
    SweepView view;
    const std::vector<SweepLevel> levels = mockSweep()->levels;
    view.setData(levels, {}, 0);
    QSignalSpy shown(&view, &SweepView::levelShown);
    auto *staircase = view.findChild<Staircase *>();
    const auto endOf = [](const SweepLevel &level) {
        return level.beganUs + level.warmupUs + level.measuredUs;
    };
    QTest::keyClick(staircase, Qt::Key_Right);
    QTest::keyClick(staircase, Qt::Key_Right);
    QTest::keyClick(staircase, Qt::Key_End);
    QTest::keyClick(staircase, Qt::Key_Left);
    QTest::keyClick(staircase, Qt::Key_Home);
    QTest::keyClick(staircase, Qt::Key_Left); // Stays.
    QCOMPARE(shown.size(), 6);
    const std::size_t last = levels.size() - 1;
    const std::size_t chosen[] = {0, 1, last, last - 1, 0, 0};
    for (int i = 0; i < 6; ++i)
        QCOMPARE(shown[i].at(1).toLongLong(), endOf(levels[chosen[i]]));
}

void TestTuningTab::comparesFromTheMenu()
{
    TuningTab tab(nullptr);
    tab.showResult(mockSweep());
    auto cdn = std::make_shared<SweepResult>(*mockSweep());
    cdn->host = u"https://cdn.shop.example"_s;
    tab.showResult(cdn);
    QMenu *menu = tab.findChild<QToolButton *>(u"compare"_s)->menu();
    const auto choose = [menu](const QString &text) {
        emit menu->aboutToShow();
        const QList<QAction *> actions = menu->actions();
        const auto at = std::ranges::find_if(
            actions, [&text](const QAction *action) { return action->text().contains(text); });
        QVERIFY(at != actions.end());
        (*at)->trigger();
    };
    const QAbstractItemModel *table = tab.findChild<QTableView *>()->model();
    choose(u"api.shop.example: use"_s);
    QCOMPARE(table->columnCount(), 7);
    choose(u"with nothing"_s);
    QCOMPARE(table->columnCount(), 6);
}

void TestTuningTab::savesAndOpensReports()
{
    const QTemporaryDir folder;
    TuningTab tab(nullptr);
    tab.showResult(mockSweep());
    const auto answer = [&tab](const QString &path) {
        auto *dialog = tab.findChild<QFileDialog *>();
        QVERIFY(dialog);
        emit dialog->fileSelected(path);
        delete dialog;
    };
    const QString page = folder.filePath(u"sweep.html"_s);
    const QString json = folder.filePath(u"sweep.json"_s);
    for (const QString &path : {page, json}) {
        buttonNamed(tab, u"Save"_s)->click();
        answer(path);
        QTRY_VERIFY(QFile::exists(path));
    }
    QFile written(page);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QVERIFY(written.readAll().startsWith("<!DOCTYPE html>"));
    QMenu *menu = tab.findChild<QToolButton *>(u"compare"_s)->menu();
    emit menu->aboutToShow();
    menu->actions().first()->trigger();
    answer(json);
    QTRY_COMPARE(tab.findChild<QTableView *>()->model()->columnCount(), 7);
}

void TestTuningTab::copiesCode()
{
    TuningTab tab(nullptr);
    tab.showResult(mockSweep());
    const QList<QAction *> actions = tab.findChild<QToolButton *>(u"copyCode"_s)->menu()->actions();
    QVERIFY(actions.size() > 10);
    actions.first()->trigger();
    const QString code = QGuiApplication::clipboard()->text();
    QVERIFY2(code.contains("TCPConnector"_L1), qPrintable(code));
    QVERIFY(code.contains("Measured: knee "_L1));
}

void TestTuningTab::offersNothingWithoutAKnee()
{
    TuningTab tab(nullptr);
    QVERIFY(!buttonNamed(tab, u"Apply"_s)->isEnabled());
    auto sweep = std::make_shared<SweepResult>(*mockSweep());
    sweep->levels.resize(4);
    sweep->recommendation = recommend(sweep->levels, {});
    QCOMPARE(sweep->recommendation.finding, SweepFinding::NoKnee);
    tab.showResult(sweep);
    QVERIFY(!buttonNamed(tab, u"Apply"_s)->isEnabled());
    QVERIFY(!tab.findChild<QToolButton *>(u"copyCode"_s)->isEnabled());
    QVERIFY(buttonNamed(tab, u"Save"_s)->isEnabled());
}

void TestTuningTab::choosesALevelEverywhere()
{
    TuningTab tab(nullptr);
    tab.resize(1200, 800);
    tab.showResult(mockSweep());
    const QList<SweepPlot *> plots = tab.findChildren<SweepPlot *>();
    tab.show();
    const PlotScale scale = plots.first()->scale();
    QTest::mouseClick(plots.first(), Qt::LeftButton, {}, QPoint(int(scale.x(24)), 60));
    for (const SweepPlot *plot : plots)
        QCOMPARE(plot->selected(), 24);
    auto *table = tab.findChild<QTableView *>();
    QCOMPARE(table->currentIndex().row(), 8);
    table->selectRow(0);
    QCOMPARE(plots.last()->selected(), 1);
}

void TestTuningTab::choosesByKeyboard()
{
    SweepPlot plot(SweepPlot::Kind::Latency);
    plot.setData(poolLevels(mockSweep()->levels), {}, 0);
    connect(&plot, &SweepPlot::levelChosen, &plot, &SweepPlot::setSelected);
    plot.setSelected(8);
    QTest::keyClick(&plot, Qt::Key_Right);
    QCOMPARE(plot.selected(), 10);
    QTest::keyClick(&plot, Qt::Key_Left);
    QTest::keyClick(&plot, Qt::Key_Left);
    QCOMPARE(plot.selected(), 6);
    for (int i = 0; i < 20; ++i)
        QTest::keyClick(&plot, Qt::Key_Left);
    QCOMPARE(plot.selected(), 1);
}

void TestTuningTab::asksForConsent()
{
    SweepSetup setup;
    setup.setSubject(u"api.example.com"_s, true);
    QPushButton *start = buttonNamed(setup, u"Find"_s);
    QVERIFY(!start->isEnabled());
    const QList<QCheckBox *> ticks = setup.findChildren<QCheckBox *>();
    const auto consent = std::ranges::find_if(
        ticks, [](const QCheckBox *tick) { return tick->text().contains("allowed"_L1); });
    QVERIFY(consent != ticks.end());
    QVERIFY2((*consent)->text().contains("10,000 requests to api.example.com"_L1),
             qPrintable((*consent)->text()));
    (*consent)->setChecked(true);
    QVERIFY(start->isEnabled());
    setup.findChildren<QSpinBox *>().last()->setValue(500);
    QVERIFY(!start->isEnabled()); // Another number of requests is another question.
    QVERIFY((*consent)->text().contains("500 requests"_L1));
    (*consent)->setChecked(true);
    SweepJob job;
    setup.apply(job);
    QCOMPARE(job.settings.maxRequests, 500);
    QVERIFY(job.allowForeignHosts);
    QVERIFY(!job.allowUnsafeMethods);
    QCOMPARE(job.settings.ladder.back(), ForeignHostCap);
    setup.setSubject({}, false);
    QVERIFY(start->isEnabled());
}

void TestTuningTab::sendsUnsafeMethodsOnlyWhenTicked()
{
    TuningTab tab(nullptr);
    RequestInContext request;
    request.request.method = u"POST"_s;
    tab.setSubject({u"POST Order"_s, u"http://127.0.0.1/"_s, {request}, {}, {}});
    auto *setup = tab.findChild<SweepSetup *>();
    const QList<QCheckBox *> ticks = setup->findChildren<QCheckBox *>();
    const auto unsafe = std::ranges::find_if(
        ticks, [](const QCheckBox *tick) { return tick->text().contains("unsafe"_L1); });
    QVERIFY(unsafe != ticks.end());
    QVERIFY(!(*unsafe)->isHidden());
    SweepJob job;
    setup->apply(job);
    QVERIFY(!job.allowUnsafeMethods);
    (*unsafe)->click();
    setup->apply(job);
    QVERIFY(job.allowUnsafeMethods);
    request.request.method = u"GET"_s;
    tab.setSubject({u"GET Orders"_s, u"http://127.0.0.1/"_s, {request}, {}, {}});
    QVERIFY((*unsafe)->isHidden());
    setup->apply(job);
    QVERIFY(!job.allowUnsafeMethods);
}

void TestTuningTab::showsTheTimeLeft()
{
    SweepSetup setup;
    setup.setRunning(true);
    setup.setStage({u"http://127.0.0.1"_s, 2, 3});
    setup.showProgress(
        {.limit = 8, .levelsDone = 3, .levelsPlanned = 20, .sent = 1234, .leftUs = 42'000'000});
    QStringList texts;
    const QList<QLabel *> labels = setup.findChildren<QLabel *>();
    for (const QLabel *label : labels)
        texts += label->text();
    QVERIFY2(texts.contains(u"2 of 3 · Limit 8 · 1,234 requests · about 42 s left"_s),
             qPrintable(texts.join(u'|')));
    QVERIFY(buttonNamed(setup, u"Stop"_s));
}

void TestTuningTab::saysWhatAClosedLoopMeans()
{
    TuningTab tab(nullptr);
    const QList<QLabel *> labels = tab.findChildren<QLabel *>();
    const auto help = std::ranges::find_if(
        labels, [](const QLabel *label) { return label->text().contains(u"Little’s law"_s); });
    QVERIFY(help != labels.end());
    QVERIFY((*help)->text().contains("closed loop"_L1));
    QVERIFY((*help)->text().contains("with and without"_L1));
}

void TestTuningTab::readsTheSetup()
{
    SweepSetup setup;
    setup.setSubject({}, false);
    const QList<QSpinBox *> boxes = setup.findChildren<QSpinBox *>();
    boxes[0]->setValue(64);
    boxes[1]->setValue(250);
    boxes[2]->setValue(3);
    SweepJob job;
    setup.apply(job);
    QCOMPARE(job.settings.ladder.back(), 64);
    QCOMPARE(job.settings.targetP95Us, 250'000);
    QCOMPARE(job.settings.errorBudget, 0.03);
}

void TestTuningTab::marksTheRecommendedPixel()
{
    SweepPlot plot(SweepPlot::Kind::Throughput);
    plot.setPalette(Theme::lightMode().palette());
    plot.resize(600, 300);
    const SweepResultPtr sweep = mockSweep();
    plot.setData(poolLevels(sweep->levels), sweep->recommendation, 0);
    const QImage image = plot.grab().toImage();
    const PlotScale scale = plot.scale();
    const int x = int(scale.x(*sweep->recommendation.limit));
    const QColor seen = image.pixelColor(x, int(scale.area().bottom()) - 6);
    const QColor good = Theme::lightMode().good;
    QVERIFY2(std::abs(seen.green() - good.green()) < 60 && seen.red() < 120,
             qPrintable(seen.name()));
}

void TestTuningTab::takesShots_data()
{
    QTest::addColumn<bool>("isDark");
    QTest::addColumn<int>("percent");

    QTest::newRow("light") << false << 100;
    QTest::newRow("dark") << true << 100;
    QTest::newRow("light-200") << false << 200;
}

// Looked at by people: SLUICE_SHOTS=folder keeps the pictures.
void TestTuningTab::takesShots()
{
    QFETCH(bool, isDark);
    QFETCH(int, percent);
    const Theme &theme = isDark ? Theme::darkMode() : Theme::lightMode();
    qApp->setPalette(theme.palette());
    qApp->setFont(scaledFont(interfaceFont(), percent));
    TuningTab tab(nullptr);
    tab.setAutoFillBackground(true);
    tab.resize(1340, 900);
    tab.setSubject({u"GET List users"_s, u"https://api.shop.example/users"_s, {}, {}, {}});
    tab.showResult(mockSweep());
    const QImage image = tab.grab().toImage();
    const int minimum = tab.minimumSizeHint().width();
    QVERIFY2(percent > 100 || minimum <= 1000, qPrintable(QString::number(minimum)));
    const QString folder = qEnvironmentVariable("SLUICE_SHOTS");
    if (!folder.isEmpty()) {
        QVERIFY(image.save(
            u"%1/tune-%2.png"_s.arg(folder, QLatin1StringView(QTest::currentDataTag()))));
    }
}

QTEST_MAIN(TestTuningTab)
#include "tst_tuningtab.moc"
