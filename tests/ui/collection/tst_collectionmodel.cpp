// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/collection/collectionmodel.h"
#include "ui/collection/collectionpanel.h"
#include "ui/collection/collectiontree.h"
#include "ui/theme/mode.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLineEdit>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

/** A folder when the name ends in '/', else a GET request; the path is the parent's plus the name.
 */
TreeItem item(const QString &name, std::vector<TreeItem> children = {})
{
    TreeItem result;
    result.kind = name.endsWith(u'/') ? TreeItem::Kind::Folder : TreeItem::Kind::Request;
    result.name = name;
    result.path = name;
    result.method = result.kind == TreeItem::Kind::Request ? u"GET"_s : QString();
    result.children = std::move(children);
    return result;
}

TreeItem collection(std::vector<TreeItem> children)
{
    TreeItem root = item(u"root/"_s, std::move(children));
    root.kind = TreeItem::Kind::Collection;
    return root;
}

/** `root/(a folder/(b))`, so that whole trees are compared as one text. */
QString textOf(const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        const QString below = textOf(model, index);
        rows << index.data().toString() + (below.isEmpty() ? QString() : u'(' + below + u')');
    }
    return rows.join(u' ');
}

/** As textOf(), of the rows that \a tree has room for. */
QString shownIn(const QTreeView &tree, const QModelIndex &parent = {})
{
    QStringList rows;
    for (int row = 0; row < tree.model()->rowCount(parent); ++row) {
        const QModelIndex index = tree.model()->index(row, 0, parent);
        if (tree.isRowHidden(row, parent))
            continue;
        const QString below = tree.isExpanded(index) ? shownIn(tree, index) : QString();
        rows << index.data().toString() + (below.isEmpty() ? QString() : u'(' + below + u')');
    }
    return rows.join(u' ');
}

} // namespace

class TestCollectionModel : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Light); }

    void reloadMergesIntoWhatIsThere_data()
    {
        QTest::addColumn<QStringList>("names");
        QTest::newRow("added") << QStringList{u"a"_s, u"b"_s, u"c"_s, u"d"_s};
        QTest::newRow("removed") << QStringList{u"b"_s};
        QTest::newRow("moved") << QStringList{u"c"_s, u"a"_s, u"b"_s};
        QTest::newRow("all new") << QStringList{u"x"_s, u"y"_s};
        QTest::newRow("none") << QStringList{};
    }
    void reloadMergesIntoWhatIsThere()
    {
        QFETCH(QStringList, names);
        CollectionModel model;
        const QAbstractItemModelTester tester(&model);
        model.setCollection(collection({item(u"a"_s), item(u"b"_s), item(u"c"_s)}));
        const QPersistentModelIndex b = model.indexOf(u"b"_s);
        std::vector<TreeItem> children;
        for (const QString &name : names)
            children.push_back(item(name));
        model.setCollection(collection(children));
        QCOMPARE(textOf(model),
                 names.isEmpty() ? u"root/"_s : u"root/("_s + names.join(u' ') + u')');
        // An index survives as long as its row.
        QCOMPARE(b.isValid(), names.contains(u"b"_s));
        if (b.isValid())
            QCOMPARE(b.data().toString(), u"b"_s);
    }

    void randomReloadsKeepTheModelSound()
    {
        CollectionModel model;
        const QAbstractItemModelTester tester(&model);
        QRandomGenerator random(20261122);
        for (int round = 0; round < 300; ++round) {
            std::vector<TreeItem> top;
            for (int i = 0; i < 6; ++i) {
                std::vector<TreeItem> inner;
                for (int j = 0; j < 4; ++j) {
                    if (random.bounded(2))
                        inner.push_back(item(u"f%1r%2"_s.arg(i).arg(j)));
                }
                std::shuffle(inner.begin(), inner.end(), random);
                if (random.bounded(3))
                    top.push_back(item(u"f%1/"_s.arg(i), inner));
            }
            std::shuffle(top.begin(), top.end(), random);
            CollectionModel fresh;
            fresh.setCollection(collection(top));
            model.setCollection(collection(top));
            QCOMPARE(textOf(model), textOf(fresh));
        }
    }

    void unreadableFilesStayWithTheirError()
    {
        CollectionModel model;
        TreeItem broken = item(u"broken.yml"_s);
        broken.kind = TreeItem::Kind::Unreadable;
        broken.error = Error{ErrorCode::Parse, u"a tab cannot indent"_s, u"/x/broken.yml"_s, 3, 1};
        model.setCollection(collection({broken}));
        const QModelIndex index = model.indexOf(u"broken.yml"_s);
        QCOMPARE(CollectionModel::kindOf(index), TreeItem::Kind::Unreadable);
        QVERIFY(index.data(Qt::ToolTipRole).toString().contains(u"/x/broken.yml:3:1: a tab"_s));
    }

    void filterKeepsTheFoldersAboveAMatch()
    {
        CollectionModel model;
        CollectionPanel panel(&model);
        model.setCollection(
            collection({item(u"users/"_s, {item(u"list"_s), item(u"create"_s)}), item(u"ping"_s)}));
        panel.resize(262, 600);
        panel.show();
        auto *filter = panel.findChild<QLineEdit *>();
        QCOMPARE(shownIn(*panel.tree()), u"root/(users/ ping)"_s);
        QTest::keyClicks(filter, u"creat"_s);
        QCOMPARE(shownIn(*panel.tree()), u"root/(users/(create))"_s);
        filter->clear();
        QCOMPARE(shownIn(*panel.tree()), u"root/(users/ ping)"_s); // As it was before.
        QTest::keyClicks(filter, u"USERS"_s);
        QCOMPARE(shownIn(*panel.tree()), u"root/(users/(list create))"_s);
        filter->setText(u"get p"_s);
        QCOMPARE(shownIn(*panel.tree()), u"root/(ping)"_s);
    }

    void filterHoldsForWhatComesLater()
    {
        CollectionModel model;
        CollectionPanel panel(&model);
        model.setCollection(collection({item(u"list"_s), item(u"create"_s)}));
        panel.resize(262, 600);
        panel.show();
        QTest::keyClicks(panel.findChild<QLineEdit *>(), u"list"_s);
        QCOMPARE(shownIn(*panel.tree()), u"root/(list)"_s);
        model.setCollection(collection({item(u"more/"_s, {item(u"list all"_s), item(u"ping"_s)}),
                                        item(u"list"_s), item(u"create"_s), item(u"remove"_s)}));
        QTRY_COMPARE(shownIn(*panel.tree()), u"root/(more/(list all) list)"_s);
    }

    void filterLeavesTheCurrentRow()
    {
        CollectionModel model;
        CollectionPanel panel(&model);
        model.setCollection(collection({item(u"users/"_s, {item(u"list"_s)}), item(u"ping"_s)}));
        panel.resize(262, 600);
        panel.show();
        panel.select(u"list"_s);
        auto *filter = panel.findChild<QLineEdit *>();
        QTest::keyClicks(filter, u"ping"_s);
        QCOMPARE(shownIn(*panel.tree()), u"root/(ping)"_s);
        filter->clear();
        QCOMPARE(panel.currentPath(), u"list"_s);
        QCOMPARE(shownIn(*panel.tree()), u"root/(users/(list) ping)"_s);
    }

    void clicksOpenRequestsAndFolders()
    {
        CollectionModel model;
        CollectionPanel panel(&model);
        model.setCollection(collection({item(u"users/"_s, {item(u"list"_s)})}));
        panel.resize(262, 600);
        panel.show();
        CollectionTree *tree = panel.tree();
        QSignalSpy open(&panel, &CollectionPanel::openRequested);
        const auto click = [&](const QModelIndex &index) {
            QTest::mouseClick(tree->viewport(), Qt::LeftButton, {},
                              tree->visualRect(index).center());
        };
        const QModelIndex users = tree->model()->index(0, 0, tree->model()->index(0, 0));
        click(users);
        QVERIFY(tree->isExpanded(users));
        click(tree->model()->index(0, 0, users));
        QCOMPARE(open.count(), 1);
        QCOMPARE(open.first().first().toString(), u"list"_s);
        QTest::keyClick(tree, Qt::Key_Return);
        QCOMPARE(open.count(), 2);
        click(users);
        QVERIFY(!tree->isExpanded(users));
    }
};

QTEST_MAIN(TestCollectionModel)
#include "tst_collectionmodel.moc"
