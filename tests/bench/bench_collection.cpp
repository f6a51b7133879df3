// SPDX-License-Identifier: GPL-3.0-or-later
// What a large collection costs: 10,000 requests in 500 folders, opened in the tree, filtered as
// one types, watched, and read in full. Prints one JSON object; exits with 1 when a goal is missed.
#include "core/collection/collectionedit.h"
#include "core/collection/requestdocument.h"
#include "ui/collection/collectionmodel.h"
#include "ui/collection/collectionpanel.h"
#include "ui/collection/collectiontree.h"
#include "ui/collection/workspace.h"
#include "ui/theme/mode.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

constexpr int Folders = 500;
constexpr int RequestsPerFolder = 20;

RequestSpec sample(int folder, int number)
{
    RequestSpec spec;
    spec.name = u"Request %1 of %2"_s.arg(number).arg(folder);
    spec.seq = number;
    spec.method = u"POST"_s;
    spec.url = u"{{base}}/things/%1/%2"_s.arg(folder).arg(number);
    for (int i = 0; i < 4; ++i)
        spec.headers.push_back({u"X-Header-%1"_s.arg(i), u"value %1"_s.arg(i), {}, true});
    spec.body.kind = BodySpec::Kind::Json;
    spec.body.text = u"{\n  \"id\": 12345678901234567890,\n  \"name\": \"{{name}}\"\n}"_s;
    spec.assertions = {{u"res.status"_s, u"eq"_s, u"200"_s, true}};
    return spec;
}

bool write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

bool fill(const QString &root)
{
    for (int folder = 0; folder < Folders; ++folder) {
        const Result<QString> path = createFolder(root, u"folder %1"_s.arg(folder));
        for (int number = 0; path && number < RequestsPerFolder; ++number) {
            const QString file = u"%1/request-%2.yml"_s.arg(*path).arg(number);
            if (!write(file, RequestDocument::create(sample(folder, number), file).text()))
                return false;
        }
        if (!path)
            return false;
    }
    return true;
}

qint64 residentKiB()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.simplified().split(' ').value(1).toLongLong();
    }
    return 0;
}

constexpr qint64 ShownGoalMs = 1000;
constexpr qint64 FilterGoalMs = 50;
constexpr int WatchMs = 2000;
constexpr int SettleMs = 4000; ///< After it what was written is taken for unchanged.
constexpr qint64 WatchProcessorGoalMs = 20;
constexpr qint64 ChangeReadsGoal = 1;
constexpr qint64 MemoryGoalKiB = qint64(80) * 1024;

qint64 processorMs()
{
    return qint64(std::clock()) * 1000 / CLOCKS_PER_SEC;
}

/** Runs the event loop until \a signal of \a sender. */
template<typename Sender, typename Signal>
void waitFor(const Sender *sender, Signal signal)
{
    QEventLoop loop;
    QObject::connect(sender, signal, &loop, &QEventLoop::quit);
    loop.exec();
}

void idle(int ms)
{
    QEventLoop loop;
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    loop.exec();
}

/** What the processor does for the program while nothing is written, in WatchMs. */
qint64 idleProcessorMs()
{
    const qint64 before = processorMs();
    idle(WatchMs);
    return processorMs() - before;
}

/** The slowest of the keystrokes that type \a text, in ms, with what is painted after each. */
qint64 slowestKeyMs(CollectionPanel &panel, const QString &text)
{
    auto *filter = panel.findChild<QLineEdit *>();
    qint64 slowest = 0;
    for (qsizetype length = 1; length <= text.size(); ++length) {
        QElapsedTimer timer;
        timer.start();
        filter->setText(text.first(length));
        panel.tree()->viewport()->repaint();
        slowest = qMax(slowest, timer.elapsed());
    }
    return slowest;
}

/** Opens the collection as the window does and measures. */
QJsonObject measureWindow(const QString &root, const QString &oneFile)
{
    CollectionModel model;
    CollectionPanel panel(&model);
    panel.resize(262, 900);
    panel.show();
    panel.repaint();
    const qint64 before = residentKiB();
    Workspace workspace(&model);
    QElapsedTimer timer;
    timer.start();
    workspace.open(root);
    waitFor(&workspace, &Workspace::opened);
    panel.tree()->viewport()->repaint();
    const qint64 shownMs = timer.elapsed();
    const qint64 grownKiB = residentKiB() - before;
    const qint64 filterMs =
        std::max(slowestKeyMs(panel, u"request 7 of 3"_s), slowestKeyMs(panel, u"post"_s));
    const qint64 watchMs = std::min(idleProcessorMs(), idleProcessorMs());
    // One file is written: how long until the tree has it, and what the processor did for it.
    const qint64 busyBefore = processorMs();
    timer.start();
    write(oneFile, RequestDocument::create(sample(1, 77), oneFile).text());
    waitFor(&model, &QAbstractItemModel::dataChanged);
    return {{u"shownMs"_s, shownMs},
            {u"shownKiB"_s, grownKiB},
            {u"filterMs"_s, filterMs},
            {u"watchProcessorMsOf2s"_s, watchMs},
            {u"changeSeenMs"_s, timer.elapsed()},
            {u"changeProcessorMs"_s, processorMs() - busyBefore},
            {u"changeFilesRead"_s, workspace.filesRead(root)}};
}

} // namespace

int main(int argc, char *argv[])
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    applyTheme(app, ThemeMode::Light);
    const QTemporaryDir folder;
    const QString root = folder.filePath(u"large"_s);
    if (!createCollection(root, u"Large"_s) || !fill(root)) {
        std::fputs("The collection cannot be written\n", stderr);
        return 1;
    }
    QJsonObject report;
    QElapsedTimer timer;
    timer.start();
    const Result<TreeItem> tree = readTree(root);
    report.insert(u"treeMs"_s, timer.restart());
    const auto requests = readRequests(root);
    report.insert(u"readAllMs"_s, timer.restart());
    const std::size_t problems = checkCollection(root).size();
    report.insert(u"checkMs"_s, timer.elapsed());
    report.insert(u"requests"_s, requests ? qint64(requests->size()) : -1);
    report.insert(u"folders"_s, tree ? qint64(tree->children.size()) : -1);
    report.insert(u"problems"_s, qint64(problems));
    // A file that was written a moment ago is never taken for unchanged.
    idle(SettleMs);
    const QJsonObject window = measureWindow(root, root + u"/folder-1/request-1.yml"_s);
    for (auto it = window.begin(); it != window.end(); ++it)
        report.insert(it.key(), it.value());
    QJsonArray missed;
    const auto goal = [&](const QString &name, qint64 most) {
        if (report[name].toInteger() > most)
            missed.append(u"%1 is above %2"_s.arg(name).arg(most));
    };
    goal(u"shownMs"_s, ShownGoalMs);
    goal(u"filterMs"_s, FilterGoalMs);
    goal(u"shownKiB"_s, MemoryGoalKiB);
    goal(u"watchProcessorMsOf2s"_s, WatchProcessorGoalMs);
    goal(u"changeFilesRead"_s, ChangeReadsGoal);
    report.insert(u"missed"_s, missed);
    std::fputs(QJsonDocument(report).toJson(QJsonDocument::Compact).append('\n').constData(),
               stdout);
    return missed.isEmpty() ? 0 : 1;
}
