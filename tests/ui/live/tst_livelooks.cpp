// SPDX-License-Identifier: GPL-3.0-or-later
//
// The live view in each of its states, as a picture for the eye where SLUICE_SHOTS names a folder;
// and what an eye would object to that can be told without one: texts that are cut, parts that
// cover each other, a window that is pushed wider than it was made.
#include "tests/ui/live/livewindow.h"
#include "ui/live/latencychart.h"
#include "ui/live/limithandle.h"
#include "ui/live/livecrosshair.h"
#include "ui/live/livetile.h"
#include "ui/theme/mode.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLayout>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace Sluice;
using namespace Sluice::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Second = 1'000'000;

enum class State {
    Empty,
    OneHost,
    Shop,
    TwelveHosts, ///< Over time, with requests, a note and a marked range.
    Overload,
    ViewPaused,
    DispatchPaused,
    Finished,
    Table,
    Heatmap,     ///< Of latencies, one of its cells pointed at.
    BothLatency, ///< On the wire and incl. queue, with notes of an outage and of an edit.
    EmptyRange,
};

Limits limitsOf(int total, int perHost)
{
    Limits limits;
    limits.total = total;
    limits.perHost = perHost;
    return limits;
}

struct Fixture : LiveWindow
{
    QAction demo{u"Try the demo server"_s};
    QAction folder{u"Run a folder"_s};

    explicit Fixture(QSize size) : LiveWindow(size, limitsOf(16, 8))
    {
        dock->addEmptyAction(&demo);
        dock->addEmptyAction(&folder);
    }
};

void playOneHost(Fixture &f)
{
    f.simulation.setLimits(limitsOf(8, 0));
    f.simulation.addServer({u"http://127.0.0.1:8081"_s, 40'000, 0.4, 170});
    f.simulation.run(20 * Second);
    f.simulation.server(0).arrivalsPerSecond = 210;
    f.simulation.run(25 * Second);
}

void playTwelveHosts(Fixture &f)
{
    simulateShop(f.simulation);
    for (int i = 0; i < 9; ++i) {
        f.simulation.addServer({.endpoint = u"https://shard-%1.shop.example:443"_s.arg(i),
                                .serviceUs = 60'000 + i * 20'000,
                                .arrivalsPerSecond = 20.0 + i,
                                .errorShare = i == 4 ? 0.2 : 0});
    }
    Limits limits = f.simulation.queue().limits();
    limits.perHost = 3;
    f.simulation.setLimits(limits);
    f.simulation.run(12 * Second);
    const qint64 nowUs = f.simulation.clock().nowUs();
    f.simulation.metrics().addNote(nowUs - 8 * Second, u"cache is cold"_s);
    f.show();
    f.dock->findChild<LiveCrosshair *>()->setRange(
        TimeRange{nowUs - 9 * Second, nowUs - 4 * Second});
}

/** Far too many requests for a server that answers 429 and slows down. */
void playOverload(Fixture &f)
{
    f.simulation.setLimits(limitsOf(64, 0));
    f.simulation.addServer({.endpoint = u"https://api.shop.example:443"_s,
                            .serviceUs = 80'000,
                            .arrivalsPerSecond = 400,
                            .errorShare = 0.15,
                            .overloadUs = 5000});
    f.simulation.run(40 * Second);
    f.simulation.setLimits(limitsOf(12, 0));
    f.simulation.run(100'000); // More than 12 are still under way.
}

/** A host goes away and comes back, and somebody edits the collection meanwhile. */
void playTrouble(Fixture &f)
{
    simulateShop(f.simulation);
    f.simulation.server(1).error = ErrorCode::ConnectionRefused;
    f.simulation.run(5 * Second);
    f.simulation.server(1).error.reset();
    f.simulation.metrics().setLimitsOrigin(LimitsOrigin::Collection);
    f.simulation.setLimits(limitsOf(12, 6));
    f.simulation.run(3 * Second);
    f.simulation.queue().hold(f.simulation.queue().endpoint(u"https://api.shop.example:443"_s),
                              f.simulation.clock().nowUs() + 5 * Second);
    f.simulation.run(4 * Second);
}

/** Requests, then none for two minutes; what is shown lies in those. */
void playGap(Fixture &f)
{
    for (std::size_t server = 0; server < 3; ++server)
        f.simulation.server(server).arrivalsPerSecond = 0;
    f.simulation.run(120 * Second);
    f.simulation.metrics().setView({.endUs = f.simulation.clock().nowUs() - 20 * Second});
}

void play(Fixture &f, State state)
{
    RunProgress progress{u"users × 1,000"_s, true, 1000, 620, 3, 10 * Second, 6 * Second};
    switch (state) {
    case State::Empty:
        return;
    case State::OneHost:
        playOneHost(f);
        break;
    case State::TwelveHosts:
        playTwelveHosts(f);
        break;
    case State::Overload:
        playOverload(f);
        break;
    case State::DispatchPaused:
        simulateShop(f.simulation);
        f.simulation.queue().pause();
        f.simulation.run(3 * Second);
        break;
    case State::Finished:
        simulateShop(f.simulation);
        for (std::size_t server = 0; server < 3; ++server)
            f.simulation.server(server).arrivalsPerSecond = 0;
        f.simulation.run(8 * Second);
        progress.running = false;
        progress.done = 1000;
        break;
    case State::BothLatency:
        f.dock->findChild<LatencyChart *>()->setMode(LatencyChart::Mode::Both);
        playTrouble(f);
        break;
    default:
        simulateShop(f.simulation);
    }
    if (state == State::Heatmap)
        f.dock->findChild<LatencyChart *>()->setMode(LatencyChart::Mode::Heatmap);
    if (state == State::EmptyRange)
        playGap(f);
    f.dock->showProgress(progress);
    f.show();
    if (state == State::Heatmap)
        QTest::keyClick(f.dock->findChild<LatencyChart *>(), Qt::Key_Up);
    if (state == State::ViewPaused) {
        f.dock->setViewPaused(true);
        f.simulation.run(38 * Second);
        f.show();
    }
    f.dock->setTableShown(state == State::Table);
}

template<typename Widget>
QList<Widget *> visible(const QWidget &within)
{
    QList<Widget *> found = within.findChildren<Widget *>();
    found.removeIf([](const Widget *widget) { return !widget->isVisible(); });
    return found;
}

/** The first text that has less room than it needs; empty = none. */
QString cutText(const LiveDock &dock)
{
    for (const QAbstractButton *button : visible<QAbstractButton>(dock)) {
        if (button->width() < button->fontMetrics().horizontalAdvance(button->text()))
            return button->text();
    }
    for (const QLabel *label : visible<QLabel>(dock)) {
        const int needed =
            label->wordWrap()
                ? label->heightForWidth(label->width()) - label->height()
                : label->fontMetrics().horizontalAdvance(label->text()) - label->width();
        if (needed > 0)
            return label->text();
    }
    for (const QHeaderView *header : visible<QHeaderView>(dock)) {
        for (int i = 0; i < header->count() && header->orientation() == Qt::Horizontal; ++i) {
            const QString title = header->model()->headerData(i, Qt::Horizontal).toString();
            if (header->sectionSize(i) < header->fontMetrics().horizontalAdvance(title))
                return title;
        }
    }
    for (const QTableView *table : visible<QTableView>(dock)) {
        const QAbstractItemModel *rows = table->model();
        for (int i = 1; i < rows->columnCount() && table->objectName() == u"epochTable"_s; ++i) {
            const QString text = rows->index(0, i).data().toString();
            // The style keeps 9 pixels free behind a number, the delegate a few before it.
            if (table->columnWidth(i) < table->fontMetrics().horizontalAdvance(text) + 9 + 3)
                return text;
        }
    }
    for (const LiveTile *tile : visible<LiveTile>(dock)) {
        if (tile->shownNote().contains(u'\u2026'))
            return tile->objectName() + u": "_s + tile->note();
    }
    return {};
}

/** Two children of one parent that cover each other; empty = none. */
QString overlap(const QWidget &parent)
{
    const QList<QWidget *> children =
        parent.findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly);
    for (const QWidget *one : children) {
        if (!one->isVisible())
            continue;
        for (const QWidget *other : children) {
            if (other != one && other->isVisible() && one->geometry().intersects(other->geometry()))
                return QString::fromLatin1(one->metaObject()->className()) + u' '
                       + one->objectName() + u" and "_s + other->objectName();
        }
    }
    return {};
}

} // namespace

class TestLiveLooks final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Light); }
    void looks_data();
    void looks();
};

void TestLiveLooks::looks_data()
{
    QTest::addColumn<State>("state");
    QTest::addColumn<const Theme *>("theme");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("mirrored");

    const std::pair<const char *, State> states[] = {
        {"empty", State::Empty},
        {"one-host", State::OneHost},
        {"shop", State::Shop},
        {"twelve-hosts", State::TwelveHosts},
        {"overload", State::Overload},
        {"view-paused", State::ViewPaused},
        {"dispatch-paused", State::DispatchPaused},
        {"finished", State::Finished},
        {"table", State::Table},
        {"heatmap", State::Heatmap},
        {"both-latency", State::BothLatency},
        {"empty-range", State::EmptyRange},
    };
    for (const auto &[name, state] : states) {
        for (const Theme *theme : {&Theme::lightMode(), &Theme::darkMode()}) {
            const char *mode = theme->dark ? "dark" : "light";
            QTest::addRow("%s-%s-low", name, mode) << state << theme << QSize(1600, 300) << false;
            QTest::addRow("%s-%s", name, mode) << state << theme << QSize(1600, 1000) << false;
            QTest::addRow("%s-%s-1280", name, mode) << state << theme << QSize(1280, 620) << false;
        }
    }
    // Two are enough to see what a mode changes in each part.
    for (const auto &[name, state] :
         {std::pair("twelve-hosts", State::TwelveHosts), std::pair("empty", State::Empty)}) {
        for (const Theme *theme : {&Theme::lightContrast(), &Theme::darkContrast()}) {
            QTest::addRow("%s-contrast-%s", name, theme->dark ? "dark" : "light")
                << state << theme << QSize(1600, 1000) << false;
        }
        QTest::addRow("%s-mirrored", name)
            << state << &Theme::lightMode() << QSize(1600, 1000) << true;
    }
}

void TestLiveLooks::looks()
{
    QFETCH(State, state);
    QFETCH(const Theme *, theme);
    QFETCH(QSize, size);
    QFETCH(bool, mirrored);
    qApp->setPalette(theme->palette());
    qApp->setLayoutDirection(mirrored ? Qt::RightToLeft : Qt::LeftToRight);
    Fixture f(size);
    f.dock->setMoreCharts(size.height() > 400);
    f.dock->setWaterfallShown(size.height() > 800);
    play(f, state);
    QApplication::processEvents();
    f.dock->titleBarWidget()->layout()->activate(); // A busy machine may add a word at any time.
    const QPixmap shot = f.window.grab();
    const QString folder = qEnvironmentVariable("SLUICE_SHOTS");
    if (!folder.isEmpty())
        shot.save(folder + u'/' + QString::fromUtf8(QTest::currentDataTag()) + u".png"_s);
    QCOMPARE(f.window.size(), size);
    QVERIFY2(cutText(*f.dock).isEmpty(), qPrintable(cutText(*f.dock)));
    QVERIFY2(overlap(*f.dock->findChild<ConcurrencyChart *>()).isEmpty(), "handles");
    QVERIFY2(overlap(*f.dock->titleBarWidget()).isEmpty(),
             qPrintable(overlap(*f.dock->titleBarWidget())));
    if (state == State::Overload)
        QVERIFY(f.dock->findChild<ConcurrencyChart *>()->remarks().join(u'\n').contains(
            u"over limit"_s));
}

QTEST_MAIN(TestLiveLooks)
#include "tst_livelooks.moc"
