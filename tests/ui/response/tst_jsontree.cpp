// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/response/jsonmodel.h"
#include "ui/response/jsonpath.h"
#include "ui/response/jsontreeview.h"
#include "ui/theme/mode.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QTest>
#include <QTreeView>

using namespace Sluice;
using namespace Qt::StringLiterals;

namespace {

const QByteArray shop = "{\"users\": [\n"
                        "  {\"name\": \"Ada \\\"the\\\" first\", \"id\": 9007199254740993,"
                        " \"roles\": [\"admin\", \"buyer\"]},\n"
                        "  {\"name\": \"Bob\", \"id\": 2, \"roles\": []}],\n"
                        " \"total\": 1204.10, \"it's\": null, \"nested\": {\"name\": \"inner\"}}";

JsonTreePtr parsed(const QByteArray &json)
{
    const auto tree = JsonTree::parse(json);
    return tree ? *tree : nullptr;
}

} // namespace

/** A body as a tree, and the values that a path names. */
class TestJsonTree final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Light); }
    void keepsValuesAsTheyStand();
    void saysWhereItIsNotJson();
    void modelIsSound_data();
    void modelIsSound();
    void paths_data();
    void paths();
    void wrongPaths_data();
    void wrongPaths();
    void viewCopiesValueAndPath();
};

void TestJsonTree::keepsValuesAsTheyStand()
{
    const JsonTreePtr tree = parsed(shop);
    const JsonTree::Node users = tree->child(JsonTree::Root, 0);
    QCOMPARE(tree->key(users), u"users"_s);
    QCOMPARE(tree->display(users), u"[ 2 items ]"_s);
    const JsonTree::Node ada = tree->child(users, 0);
    QCOMPARE(tree->display(tree->child(ada, 0)), u"Ada \"the\" first"_s);
    QCOMPARE(tree->display(tree->child(ada, 1)), u"9007199254740993"_s);
    QCOMPARE(tree->path(tree->child(tree->child(ada, 2), 1)), u"$['users'][0]['roles'][1]"_s);
    QCOMPARE(tree->raw(tree->child(JsonTree::Root, 1)), QByteArrayView("1204.10"));
    QCOMPARE(tree->path(tree->child(JsonTree::Root, 2)), u"$['it\\'s']"_s);
}

void TestJsonTree::saysWhereItIsNotJson()
{
    const auto tree = JsonTree::parse("{\n  \"a\": oops\n}");
    QVERIFY(!tree);
    QCOMPARE(tree.error().line, 2);
    QCOMPARE(tree.error().column, 8);
}

void TestJsonTree::modelIsSound_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("rows");
    QTest::newRow("nested") << shop << 4;
    QTest::newRow("plain value") << QByteArray("42") << 1;
    QTest::newRow("empty object") << QByteArray("{}") << 0;
    QTest::newRow("list") << QByteArray("[1, [2, [3]], {\"a\": {}}]") << 3;
}

void TestJsonTree::modelIsSound()
{
    QFETCH(QByteArray, json);
    QFETCH(int, rows);
    JsonModel model;
    QAbstractItemModelTester tester(&model);
    model.setTree(parsed(json));
    QCOMPARE(model.rowCount(), rows);
    model.setTree(nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void TestJsonTree::paths_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArrayList>("values");
    const auto row = [](const char *path, const QByteArrayList &values) {
        QTest::newRow(path) << QString::fromUtf8(path) << values;
    };
    row("$.total", {"1204.10"});
    row("$.users[*].id", {"9007199254740993", "2"});
    row("$['users'][1].name", {"\"Bob\""});
    row("$.users[-1].id", {"2"});
    row("$.users[0:1].id", {"9007199254740993"});
    row("$.users[:].roles[0]", {"\"admin\""});
    row("$..name", {"\"Ada \\\"the\\\" first\"", "\"Bob\"", "\"inner\""});
    row("$.users[0].roles.*", {"\"admin\"", "\"buyer\""});
    row("$[\"it's\"]", {"null"});
    row("$['it\\'s']", {"null"});
    row("$..[1].id", {"2"});
    row("$.nowhere.at.all", {});
    row("$.users.name", {});
}

void TestJsonTree::paths()
{
    QFETCH(QString, path);
    QFETCH(QByteArrayList, values);
    const JsonTreePtr tree = parsed(shop);
    const auto nodes = selectByPath(*tree, path);
    QVERIFY(nodes.has_value());
    QByteArrayList found;
    for (const JsonTree::Node node : *nodes)
        found << tree->raw(node).toByteArray();
    QCOMPARE(found, values);
}

void TestJsonTree::wrongPaths_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<int>("column");
    QTest::newRow("no root") << u"users"_s << ErrorCode::Parse << 1;
    QTest::newRow("no name") << u"$."_s << ErrorCode::Parse << 3;
    QTest::newRow("no end") << u"$.users[0"_s << ErrorCode::Parse << 10;
    QTest::newRow("no quote") << u"$['a"_s << ErrorCode::Parse << 5;
    QTest::newRow("no index") << u"$[x]"_s << ErrorCode::Parse << 3;
    QTest::newRow("filter") << u"$.users[?(@.id>1)]"_s << ErrorCode::Unsupported << 0;
}

void TestJsonTree::wrongPaths()
{
    QFETCH(QString, path);
    QFETCH(ErrorCode, code);
    QFETCH(int, column);
    const auto nodes = selectByPath(*parsed(shop), path);
    QVERIFY(!nodes);
    QCOMPARE(nodes.error().code, code);
    QCOMPARE(nodes.error().column, column);
    QVERIFY(nodes.error().message.endsWith(u'.'));
}

void TestJsonTree::viewCopiesValueAndPath()
{
    JsonTreeView view;
    view.resize(600, 400);
    view.show();
    view.setBody(shop);
    auto *tree = view.findChild<QTreeView *>();
    QTRY_COMPARE(tree->model()->rowCount(), 4);
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_Home);
    QTest::keyClick(tree, Qt::Key_Down);
    QTest::keyClick(tree, Qt::Key_Right);
    QTest::keyClick(tree, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QApplication::clipboard()->text(), u"$['users'][0]['name']"_s);
    QTest::keyClick(tree, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), u"Ada \"the\" first"_s);
    view.setBody("{\"a\": oops");
    const auto *note = view.findChild<QLabel *>();
    QTRY_VERIFY(note->isVisible());
    QVERIFY(note->text().contains(u"not JSON"_s));
}

QTEST_MAIN(TestJsonTree)
#include "tst_jsontree.moc"
