// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/engine.h"
#include "tests/support/loopbackserver.h"
#include "ui/run/runcontroller.h"
#include "ui/run/runresultsmodel.h"
#include "ui/run/runtab.h"
#include "ui/theme/mode.h"
#include "ui/theme/theme.h"
#include "ui/widgets/underlinetabs.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace Sluice;
using namespace Sluice::Test;
using namespace Qt::StringLiterals;

namespace {

RequestInContext request(const QString &name, const QUrl &url)
{
    RequestInContext result;
    result.request.name = name;
    result.request.method = u"GET"_s;
    result.request.url = url.toString();
    return result;
}

ScriptedReply answer(const ReceivedRequest &received)
{
    if (received.target == "/never")
        return {.never = true};
    return received.target == "/broken" ? ScriptedReply::of("500 Oops", "{\"why\":\"tired\"}")
                                        : ScriptedReply::of("200 OK", "{}");
}

} // namespace

/** The results of runs by a real engine, as a person reads them. */
class TestRunTab final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Light); }
    void init();
    void cleanup();
    void failuresComeFirst();
    void filterAndSort();
    void nothingScrollsSideways();
    void figuresAreWholeInANarrowWindow();
    void aFailureShowsItsResponse();
    void aRequestIsShownFromOutside();
    void failedRunAgainAndCompare();
    void theSelectionStaysOnItsRequest();
    void stoppedIsNotFailed();

private:
    RunTab *run(int iterations);
    void finish();
    QTableView *table() const { return m_tab->findChild<QTableView *>(u"runResults"_s); }
    QString cell(int row, int column) const
    {
        return table()->model()->index(row, column).data().toString();
    }
    int rows() const { return table()->model()->rowCount(); }
    QString state() const { return m_tab->findChild<QLabel *>(u"runState"_s)->text(); }

    std::unique_ptr<LoopbackServer> m_server;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<QWidget> m_window;
    RunController *m_controller = nullptr;
    RunTab *m_tab = nullptr; ///< The newest.
};

void TestRunTab::init()
{
    m_server = std::make_unique<LoopbackServer>(answer);
    m_engine = std::make_unique<Engine>();
    m_window = std::make_unique<QWidget>();
    m_window->resize(1000, 700);
    m_controller = new RunController(m_engine.get(), m_window.get());
    connect(m_controller, &RunController::started, this, [this](RunTab *tab) {
        m_tab = tab;
        tab->setParent(m_window.get());
        tab->resize(m_window->size());
        tab->show();
    });
    m_window->show();
}

void TestRunTab::cleanup()
{
    m_window.reset();
    m_engine.reset();
    m_server.reset();
}

RunTab *TestRunTab::run(int iterations)
{
    RunPlan plan;
    plan.name = u"Shop"_s;
    plan.requests = {request(u"List"_s, m_server->url(u"/list"_s)),
                     request(u"Broken"_s, m_server->url(u"/broken"_s)),
                     request(u"One"_s, m_server->url(u"/one"_s))};
    plan.requests[1].request.assertions = {{u"res.status"_s, u"eq"_s, u"200"_s, true}};
    plan.iterations = iterations;
    m_controller->start(plan);
    finish();
    return m_tab;
}

void TestRunTab::finish()
{
    QTRY_VERIFY(!m_tab->isRunning());
}

void TestRunTab::failuresComeFirst()
{
    run(10);
    QTRY_COMPARE(rows(), 30);
    // The number of failures says so by its colour, in the theme of the moment.
    const auto *failed = m_tab->findChild<QLabel *>(u"runFailed"_s);
    QCOMPARE(failed->palette().color(QPalette::WindowText), Theme::lightMode().bad);
    applyTheme(*qApp, ThemeMode::Dark);
    QTRY_COMPARE(failed->palette().color(QPalette::WindowText), Theme::darkMode().bad);
    applyTheme(*qApp, ThemeMode::Light);
    QAbstractItemModelTester tester(table()->model());
    for (int row = 0; row < 10; ++row) {
        QCOMPARE(cell(row, RunResultsModel::Request), u"GET Broken"_s);
        QCOMPARE(cell(row, RunResultsModel::Status), u"✕ 500"_s);
        QVERIFY(cell(row, RunResultsModel::Message).contains(u"200"_s));
        QCOMPARE(cell(row, RunResultsModel::Checks), u"0 of 1"_s);
    }
    QCOMPARE(cell(10, RunResultsModel::Status), u"✓ 200"_s);
    QCOMPARE(state(), u"✕ Finished, 10 requests failed."_s);
}

void TestRunTab::filterAndSort()
{
    run(10);
    QTRY_COMPARE(rows(), 30);
    auto *filter = m_tab->findChild<QLineEdit *>(u"runFilter"_s);
    QTest::mouseClick(filter, Qt::LeftButton);
    QTest::keyClicks(filter, u"one"_s);
    QTRY_COMPARE(rows(), 10);
    QCOMPARE(cell(0, RunResultsModel::Request), u"GET One"_s);
    filter->clear();
    QTRY_COMPARE(rows(), 30);
    auto *scope = m_tab->findChild<QTabBar *>(u"runScope"_s);
    QTest::mouseClick(scope, Qt::LeftButton, {}, scope->tabRect(1).center());
    QTRY_COMPARE(rows(), 10);
    QTest::mouseClick(scope, Qt::LeftButton, {}, scope->tabRect(0).center());
    QTRY_COMPARE(rows(), 30);

    QHeaderView *header = table()->horizontalHeader();
    const QPoint onTitle(header->sectionViewportPosition(RunResultsModel::Number) + 20,
                         header->height() / 2);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, onTitle);
    QTRY_COMPARE(cell(0, RunResultsModel::Number), u"1"_s);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, onTitle);
    QTRY_COMPARE(cell(0, RunResultsModel::Number), u"30"_s);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, onTitle);
    QTRY_COMPARE(cell(0, RunResultsModel::Status), u"✕ 500"_s);
    QVERIFY(!table()->isColumnHidden(RunResultsModel::Message));
}

/** In a window of 1280, between the tree and the limits. */
void TestRunTab::nothingScrollsSideways()
{
    run(3);
    m_tab->resize(770, 600);
    QApplication::processEvents();
    QCOMPARE(table()->horizontalScrollBar()->maximum(), 0);
    const QHeaderView *header = table()->horizontalHeader();
    for (int column = 0; column < header->count(); ++column) {
        // What says nothing of this run takes no room.
        if (column == RunResultsModel::Message) {
            QVERIFY(header->isSectionHidden(column));
            continue;
        }
        const QString title = table()->model()->headerData(column, Qt::Horizontal).toString();
        QVERIFY2(header->sectionSize(column) >= header->fontMetrics().horizontalAdvance(title) + 8,
                 qPrintable(title));
    }
}

void TestRunTab::figuresAreWholeInANarrowWindow()
{
    m_window->resize(700, 500);
    run(400);
    QVERIFY2(m_tab->minimumSizeHint().width() <= 700,
             qPrintable(QString::number(m_tab->minimumSizeHint().width())));
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    const QList<QLabel *> labels = m_tab->findChildren<QLabel *>();
    QVERIFY(std::ranges::any_of(
        labels, [](const QLabel *label) { return label->text().endsWith(u"of 1,200"_s); }));
    for (const QLabel *label : labels) {
        if (label->isVisible() && !label->wordWrap()) {
            QVERIFY2(label->width() >= label->fontMetrics().horizontalAdvance(label->text()),
                     qPrintable(label->text()));
        }
    }
}

void TestRunTab::aFailureShowsItsResponse()
{
    run(3);
    QTRY_COMPARE(rows(), 9);
    const auto *detail = m_tab->findChild<QLabel *>(u"runDetail"_s);
    QVERIFY(!detail->isVisible());
    table()->setFocus();
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, {},
                      table()->visualRect(table()->model()->index(0, 1)).center());
    QTRY_VERIFY(detail->isVisible());
    QVERIFY(detail->text().startsWith(u"Broken, iteration "_s));
    const auto *status = m_tab->findChild<QLabel *>(u"responseStatus"_s);
    QVERIFY(status->isVisible());
    QCOMPARE(status->text(), u"✕ 500 Oops"_s);
    QTest::keyClick(table(), Qt::Key_End, Qt::ControlModifier);
    QVERIFY(detail->text().contains(u"Succeeded"_s));
    QVERIFY(!status->isVisible());
}

/** As the waterfall of the live view asks, which knows the number of the run and of the request. */
void TestRunTab::aRequestIsShownFromOutside()
{
    run(3);
    QTRY_COMPARE(rows(), 9);
    QSignalSpy shown(m_controller, &RunController::shown);
    m_tab->findChild<QLineEdit *>(u"runFilter"_s)->setText(u"List"_s);
    QTRY_COMPARE(rows(), 3);
    m_controller->showRequest(1, 4); // Left out by the filter.
    QTRY_COMPARE(rows(), 9);
    QTRY_VERIFY(table()->currentIndex().isValid());
    QCOMPARE(cell(table()->currentIndex().row(), RunResultsModel::Number), u"5"_s);
    QCOMPARE(shown.count(), 1);
    m_controller->showRequest(0, 4); // Of no run.
    m_controller->showRequest(2, 4); // Of one that never was.
    QCOMPARE(shown.count(), 1);
}

void TestRunTab::failedRunAgainAndCompare()
{
    RunTab *first = run(4);
    QTRY_COMPARE(rows(), 12);
    QTest::mouseClick(m_tab->findChild<QPushButton *>(u"runFailedAgain"_s), Qt::LeftButton);
    QTRY_VERIFY(m_tab != first);
    finish();
    QTRY_COMPARE(rows(), 4);
    QCOMPARE(cell(0, RunResultsModel::Request), u"GET Broken"_s);

    auto *pages = m_tab->findChild<UnderlineTabs *>();
    pages->setCurrentIndex(2);
    const auto *with = m_tab->findChild<QComboBox *>(u"compareWith"_s);
    QCOMPARE(with->count(), 1);
    QVERIFY(with->currentText().startsWith(u"Shop × 4, "_s));
    const auto *figures = pages->page(2)->findChild<QTableView *>();
    bool isCompared = false;
    for (int row = 0; row < figures->model()->rowCount(); ++row) {
        const auto text = [&](int column) {
            return figures->model()->index(row, column).data().toString();
        };
        if (text(0) == u"Requests"_s)
            isCompared = text(1) == u"4"_s && text(2) == u"12"_s && text(3) == u"-67 %"_s;
    }
    QVERIFY(isCompared);
}

void TestRunTab::theSelectionStaysOnItsRequest()
{
    RunResultsModel model({request(u"List"_s, {})});
    QAbstractItemModelTester tester(&model);
    RunRows rows;
    RunBatch batch;
    for (quint64 seq = 0; seq < 5; ++seq)
        batch.rows.push_back({.seq = seq, .status = 200});
    rows.append(batch);
    model.setRows(rows, {0, 1, 2, 3, 4});
    const QPersistentModelIndex third = model.index(2, 0);
    model.setRows(rows, {4, 3, 2});
    QCOMPARE(third.row(), 2);
    model.setRows(rows, {2, 0});
    QCOMPARE(third.row(), 0);
    QCOMPARE(third.data().toString(), u"3"_s);
}

void TestRunTab::stoppedIsNotFailed()
{
    Limits limits;
    limits.total = 1;
    m_engine->setLimits(limits);
    RunPlan plan;
    plan.name = u"Shop"_s;
    plan.requests = {request(u"List"_s, m_server->url(u"/list"_s)),
                     request(u"Never"_s, m_server->url(u"/never"_s))};
    plan.iterations = 5;
    m_controller->start(plan);
    QTRY_COMPARE(rows(), 1);
    auto *stop = m_tab->findChild<QPushButton *>(u"runStop"_s);
    QTest::mouseClick(stop, Qt::LeftButton);
    QTRY_VERIFY(rows() > 1);
    QTest::mouseClick(stop, Qt::LeftButton);
    finish();
    QTest::mouseClick(stop, Qt::LeftButton); // A third time changes nothing.
    QVERIFY(!m_tab->isRunning());
    QTRY_VERIFY(stop->isEnabled());
    QCOMPARE(state(), u"Stopped after 1 of 10 requests."_s);
    QCOMPARE(m_tab->findChild<QLabel *>(u"runFailed"_s)->text(), u"0"_s);
    QVERIFY(!m_tab->findChild<QPushButton *>(u"runFailedAgain"_s)->isEnabled());
    QTRY_COMPARE(rows(), 10);
    QCOMPARE(cell(9, RunResultsModel::Status), u"cancelled"_s);
    QCOMPARE(cell(1, RunResultsModel::Queued), QString()); // Never admitted.
}

QTEST_MAIN(TestRunTab)
#include "tst_runtab.moc"
