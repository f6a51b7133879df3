// SPDX-License-Identifier: GPL-3.0-or-later
// What a large collection costs: 10,000 requests in 500 folders, read as the tree shows them, read
// in full, and checked. Prints one JSON object.
#include "core/collection/collectionedit.h"
#include "core/collection/requestdocument.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <cstdio>

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

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const QTemporaryDir folder;
    const QString root = folder.filePath(u"large"_s);
    if (!createCollection(root, u"Large"_s) || !fill(root)) {
        std::fputs("The collection cannot be written\n", stderr);
        return 1;
    }
    QElapsedTimer timer;
    const qint64 before = residentKiB();
    timer.start();
    const Result<TreeItem> tree = readTree(root);
    const qint64 treeMs = timer.restart();
    const qint64 after = residentKiB();
    const auto requests = readRequests(root);
    const qint64 requestsMs = timer.restart();
    const std::size_t problems = checkCollection(root).size();
    const qint64 checkMs = timer.elapsed();
    const QJsonObject report{{u"requests"_s, requests ? qint64(requests->size()) : -1},
                             {u"folders"_s, tree ? qint64(tree->children.size()) : -1},
                             {u"problems"_s, qint64(problems)},
                             {u"treeMs"_s, treeMs},
                             {u"treeKiB"_s, after - before},
                             {u"readAllMs"_s, requestsMs},
                             {u"checkMs"_s, checkMs}};
    std::fputs(QJsonDocument(report).toJson(QJsonDocument::Compact).append('\n').constData(),
               stdout);
    return 0;
}
