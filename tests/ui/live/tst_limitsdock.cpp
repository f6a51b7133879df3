// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/hostlimitrow.h"
#include "ui/live/limitsdock.h"
#include "ui/live/limitsediting.h"
#include "ui/live/limitsmodel.h"

#include <QAction>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>

using namespace Sluice;
using namespace Qt::StringLiterals;

namespace {

struct Fixture
{
    QUndoStack undoStack;
    LimitsModel model{&undoStack};
    QMainWindow window;
    LimitsDock *dock = nullptr;
    QSignalSpy changed{&model, &LimitsModel::changed};

    Fixture()
    {
        dock = new LimitsDock(&model, &window);
        window.addDockWidget(Qt::RightDockWidgetArea, dock);
        window.resize(600, 600);
        window.show();
    }
    LimitSpinBox *box(const QString &name) const { return dock->findChild<LimitSpinBox *>(name); }
    std::vector<HostLimitRow *> rows() const
    {
        std::vector<HostLimitRow *> visible;
        for (HostLimitRow *row : dock->findChildren<HostLimitRow *>()) {
            if (!row->isHidden())
                visible.push_back(row);
        }
        return visible;
    }
};

} // namespace

class TestLimitsDock final : public QObject
{
    Q_OBJECT

private slots:
    void spinActsAtOnceAndIsUndone();
    void zeroIsAWord();
    void pageKeysTakeTheLadder();
    void stepsOfOneSpinAreOneUndo();
    void resetBringsBackWhatWasLoaded();
    void idleExpiryIsInSeconds();
    void hostsAreAddedChangedAndRemoved();
    void halfFilledHostIsNoLimit();
    void undoShowsTheOldHosts();
    void everyFieldHasAName();
    void findLimitOnlyWhenThereIsSomethingBehindIt();
    void endpointLimitTouchesOneHost_data();
    void endpointLimitTouchesOneHost();
};

void TestLimitsDock::spinActsAtOnceAndIsUndone()
{
    Fixture f;
    LimitSpinBox *total = f.box(u"total"_s);
    QVERIFY(total);
    QCOMPARE(total->value(), 100.0);
    total->setFocus();
    total->selectAll();
    QTest::keyClicks(total, u"24"_s);
    QCOMPARE(f.model.limits().total, 100); // A half-typed number is no limit.
    QTest::keyClick(total, Qt::Key_Return);
    QCOMPARE(f.model.limits().total, 24);
    QCOMPARE(f.changed.count(), 1);
    QVERIFY(f.undoStack.undoText().contains(u"100 \u2192 24"_s));
    f.undoStack.undo();
    QCOMPARE(f.model.limits().total, 100);
    QCOMPARE(total->value(), 100.0);
    f.undoStack.redo();
    QCOMPARE(total->value(), 24.0);
}

void TestLimitsDock::zeroIsAWord()
{
    Fixture f;
    QCOMPARE(f.box(u"perHost"_s)->text(), u"unlimited"_s);
    QCOMPARE(f.box(u"rate"_s)->text(), u"off"_s);
    QCOMPARE(f.box(u"queueMax"_s)->text(), u"unlimited"_s);
    Limits limits;
    limits.queueMax = 10'000;
    limits.rate.perSecond = 12.5;
    f.model.load(limits);
    QCOMPARE(f.box(u"queueMax"_s)->text(), u"10,000"_s);
    QCOMPARE(f.box(u"rate"_s)->text(), u"12.5"_s);
    QCOMPARE(f.undoStack.count(), 0);
}

void TestLimitsDock::pageKeysTakeTheLadder()
{
    Fixture f;
    LimitSpinBox *total = f.box(u"total"_s);
    QTest::keyClick(total, Qt::Key_PageDown);
    QCOMPARE(f.model.limits().total, 96);
    QTest::keyClick(total, Qt::Key_PageDown);
    QCOMPARE(f.model.limits().total, 64);
    QTest::keyClick(total, Qt::Key_PageUp);
    QCOMPARE(f.model.limits().total, 96);
    QTest::keyClick(total, Qt::Key_Up);
    QCOMPARE(f.model.limits().total, 97);
}

void TestLimitsDock::stepsOfOneSpinAreOneUndo()
{
    Fixture f;
    for (int i = 0; i < 5; ++i)
        QTest::keyClick(f.box(u"total"_s), Qt::Key_Down);
    QCOMPARE(f.model.limits().total, 95);
    QCOMPARE(f.undoStack.count(), 1);
    QTest::keyClick(f.box(u"perHost"_s), Qt::Key_Up);
    QCOMPARE(f.undoStack.count(), 2);
    f.undoStack.undo();
    f.undoStack.undo();
    QCOMPARE(f.model.limits(), Limits{});
}

void TestLimitsDock::resetBringsBackWhatWasLoaded()
{
    Fixture f;
    LimitSpinBox *total = f.box(u"total"_s);
    auto *reset = total->parentWidget()->findChild<QToolButton *>();
    QVERIFY(reset->isHidden());
    total->setValue(7);
    QVERIFY(!reset->isHidden());
    QTest::mouseClick(reset, Qt::LeftButton);
    QCOMPARE(f.model.limits().total, 100);
    QVERIFY(reset->isHidden());
    // Of a collection with limits of its own, those.
    Limits own;
    own.total = 24;
    f.model.load(own);
    QVERIFY(reset->isHidden());
    total->setValue(7);
    QCOMPARE(reset->toolTip(), u"Back to 24"_s);
    QTest::mouseClick(reset, Qt::LeftButton);
    QCOMPARE(f.model.limits().total, 24);
    QVERIFY(reset->isHidden());
    // What is in force may become the collection's.
    total->setValue(7);
    own.total = 7;
    f.model.load(own);
    QVERIFY(reset->isHidden());
}

void TestLimitsDock::idleExpiryIsInSeconds()
{
    Fixture f;
    LimitSpinBox *expiry = f.box(u"idleExpiry"_s);
    QVERIFY(expiry);
    QCOMPARE(expiry->text(), u"15 s"_s);
    expiry->setFocus();
    expiry->selectAll();
    QTest::keyClicks(expiry, u"2.5"_s);
    QTest::keyClick(expiry, Qt::Key_Return);
    QCOMPARE(f.model.limits().idleExpiryUs, qint64(2'500'000));
    QVERIFY2(f.undoStack.undoText().contains(u"idle connections 15 s \u2192 2.5 s"_s),
             qPrintable(f.undoStack.undoText()));
    expiry->selectAll();
    QTest::keyClicks(expiry, u"0"_s); // Less than the transport can do.
    QTest::keyClick(expiry, Qt::Key_Return);
    QVERIFY(f.model.limits().idleExpiryUs >= 1'000'000);
    f.undoStack.undo();
    QCOMPARE(f.model.limits(), Limits{});
    QCOMPARE(expiry->text(), u"15 s"_s);
    Limits limits;
    limits.idleExpiryUs = 20'000'000;
    f.model.load(limits);
    QCOMPARE(expiry->text(), u"20 s"_s);
    expiry->setValue(5);
    auto *reset = expiry->parentWidget()->findChild<QToolButton *>();
    QCOMPARE(reset->toolTip(), u"Back to 20 s"_s);
    QTest::mouseClick(reset, Qt::LeftButton);
    QCOMPARE(f.model.limits().idleExpiryUs, qint64(20'000'000));
}

void TestLimitsDock::hostsAreAddedChangedAndRemoved()
{
    Fixture f;
    auto *add = f.dock->findChild<QPushButton *>(u"addHostLimit"_s);
    QTest::mouseClick(add, Qt::LeftButton);
    QCOMPARE(f.rows().size(), 1u);
    QLineEdit *pattern = f.rows()[0]->patternEdit();
    QTest::keyClicks(pattern, u"*.CDN.example"_s);
    QTest::keyClick(pattern, Qt::Key_Return);
    QCOMPARE(f.model.limits().hosts, (std::vector<HostLimit>{{u"*.cdn.example"_s, 6}}));
    f.rows()[0]->limitBox()->setValue(12);
    QCOMPARE(f.model.limits().hosts, (std::vector<HostLimit>{{u"*.cdn.example"_s, 12}}));
    QTest::mouseClick(f.rows()[0]->autoButton(), Qt::LeftButton, {}, QPoint(4, 4));
    QCOMPARE(f.model.limits().hosts, (std::vector<HostLimit>{{u"*.cdn.example"_s, 0, u"auto"_s}}));
    QVERIFY(!f.rows()[0]->limitBox()->isEnabled());
    f.rows()[0]->autoButton()->menu()->actions().back()->trigger();
    QCOMPARE(f.model.limits().hosts.front().adaptive, u"aimd"_s);
    QTest::mouseClick(f.rows()[0]->autoButton(), Qt::LeftButton, {}, QPoint(4, 4));
    QCOMPARE(f.model.limits().hosts, (std::vector<HostLimit>{{u"*.cdn.example"_s, 12}}));
    QTest::mouseClick(f.rows()[0]->findChild<QToolButton *>(u"removeHost"_s), Qt::LeftButton);
    QVERIFY(f.model.limits().hosts.empty());
    QVERIFY(f.rows().empty());
}

void TestLimitsDock::halfFilledHostIsNoLimit()
{
    Fixture f;
    auto *add = f.dock->findChild<QPushButton *>(u"addHostLimit"_s);
    QTest::mouseClick(add, Qt::LeftButton);
    f.box(u"total"_s)->setValue(30); // Elsewhere meanwhile.
    QCOMPARE(f.rows().size(), 1u);
    QVERIFY(f.model.limits().hosts.empty());
}

void TestLimitsDock::undoShowsTheOldHosts()
{
    Fixture f;
    Limits limits;
    limits.hosts = {{u"a.example"_s, 1}, {u"b.example"_s, 2}};
    f.model.load(limits);
    QCOMPARE(f.rows().size(), 2u);
    QTest::mouseClick(f.rows()[0]->findChild<QToolButton *>(u"removeHost"_s), Qt::LeftButton);
    QCOMPARE(f.rows().size(), 1u);
    QCOMPARE(f.rows()[0]->hostLimit().pattern, u"b.example"_s);
    f.undoStack.undo();
    QCOMPARE(f.model.limits(), limits);
    QCOMPARE(f.rows().size(), 2u);
    QCOMPARE(f.rows()[0]->hostLimit().pattern, u"a.example"_s);
    QCOMPARE(f.rows()[1]->hostLimit().pattern, u"b.example"_s);
}

void TestLimitsDock::everyFieldHasAName()
{
    Fixture f;
    Limits limits;
    limits.hosts = {{u"a.example"_s, 1}};
    f.model.load(limits);
    for (const auto *box : f.dock->findChildren<LimitSpinBox *>())
        QVERIFY(!box->accessibleName().isEmpty());
    for (const auto *row : f.rows()) {
        QVERIFY(!row->patternEdit()->accessibleName().isEmpty());
        QVERIFY(row->limitBox()->accessibleName().contains(u"a.example"_s));
    }
}

void TestLimitsDock::findLimitOnlyWhenThereIsSomethingBehindIt()
{
    Fixture f;
    QVERIFY(!f.dock->findChild<QPushButton *>(u"findLimit"_s));
    QAction find(u"Find the limit\u2026"_s);
    QSignalSpy triggered(&find, &QAction::triggered);
    f.dock->setFindLimitAction(&find);
    auto *link = f.dock->findChild<QPushButton *>(u"findLimit"_s);
    QVERIFY(link);
    QTest::mouseClick(link, Qt::LeftButton);
    QCOMPARE(triggered.count(), 1);
}

void TestLimitsDock::endpointLimitTouchesOneHost_data()
{
    QTest::addColumn<QString>("endpoint");
    QTest::addColumn<QStringList>("expected");

    QTest::newRow("named host") << u"https://auth.shop.example:443"_s
                                << QStringList{u"auth.shop.example=9"_s, u"*.cdn.example=12"_s};
    QTest::newRow("under a wildcard")
        << u"https://eu.cdn.example:443"_s
        << QStringList{u"eu.cdn.example=9"_s, u"auth.shop.example=6"_s, u"*.cdn.example=12"_s};
    QTest::newRow("per host so far")
        << u"http://127.0.0.1:8080"_s
        << QStringList{u"127.0.0.1:8080=9"_s, u"auth.shop.example=6"_s, u"*.cdn.example=12"_s};
}

void TestLimitsDock::endpointLimitTouchesOneHost()
{
    QFETCH(QString, endpoint);
    Limits limits;
    limits.hosts = {{u"auth.shop.example"_s, 6}, {u"*.cdn.example"_s, 12}};
    const Limits changed = withEndpointLimit(limits, endpoint, 9);
    QStringList found;
    for (const HostLimit &host : changed.hosts)
        found << u"%1=%2"_s.arg(host.pattern).arg(host.limit);
    QTEST(found, "expected");
    QCOMPARE(limitForEndpoint(changed, endpoint), 9);
}

QTEST_MAIN(TestLimitsDock)
#include "tst_limitsdock.moc"
