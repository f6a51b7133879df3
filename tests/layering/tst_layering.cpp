// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/layering/includerules.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

class TestLayering final : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void namesFileAndLine();
    void treeKeepsTheRings();
};

void TestLayering::judges_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("include");
    QTest::addColumn<bool>("allowed");

    const auto row = [](const char *file, const char *include, bool allowed) {
        QTest::addRow("%s %s", file, include)
            << QString::fromLatin1(file) << QString::fromLatin1(include) << allowed;
    };
    const bool yes = true;
    const bool no = false;

    row("core/base/error.h", "<QString>", yes);
    row("core/base/error.h", "<vector>", yes);
    row("core/base/error.h", "\"core/base/result.h\"", yes);
    row("core/base/error.h", "\"core/http/header.h\"", no);
    row("core/base/error.h", "<sys/socket.h>", no);
    row("core/admission/limits.h", "<QUrl>", no);
    row("core/admission/limits.h", "<QtCore/QUrl>", no);
    row("core/tuning/usl.cpp", "<QHostAddress>", no);
    row("core/admission/limits.h", "\"core/http/endpoint.h\"", no);
    row("core/http/endpoint.h", "<QUrl>", yes);
    row("core/http/response.h", "<QNetworkReply>", no);
    row("core/http/response.h", "<QtNetwork>", no);
    row("core/http/response.h", "<QColor>", no);
    row("core/run/engine.h", "<QWidget>", no);
    row("core/run/engine.h", "<QtWidgets/QWidget>", no);
    row("core/run/engine.h", "\"core/dispatch/dispatcher.h\"", yes);
    row("core/run/engine.h", "\"ui/mainwindow/mainwindow.h\"", no);
    row("core/run/record.cpp", "<QSqlDatabase>", yes);
    row("core/metrics/series.cpp", "\"core/admission/admissionevent.h\"", yes);
    row("core/metrics/series.cpp", "\"core/admission/admissionqueue.h\"", no);
    row("core/collection/yaml.cpp", "<libfyaml.h>", yes);
    row("core/auth/basic.cpp", "<libfyaml.h>", no);
    row("core/auth/basic.cpp", "\"core/transport/transport.h\"", no);
    row("core/transport/qnamtransport.cpp", "<QNetworkAccessManager>", yes);
    row("core/dispatch/dispatcher.cpp", "<QNetworkAccessManager>", no);
    row("core/dispatch/dispatcher.cpp", "\"core/run/runner.h\"", no);
    row("core/http/header.cpp", "\"header.h\"", no);
    row("core/http/header.cpp", "\"../base/error.h\"", no);
    row("core/cache/cache.h", "<QString>", no);
    row("ui/request/editor.cpp", "<Qsci/qsciscintilla.h>", yes);
    row("ui/request/editor.cpp", "\"core/run/engine.h\"", yes);
    row("ui/request/editor.cpp", "\"core/transport/transport.h\"", no);
    row("ui/request/editor.cpp", "\"core/dispatch/dispatcher.h\"", no);
    row("ui/request/editor.cpp", "\"core/admission/admissionqueue.h\"", no);
    row("ui/request/editor.cpp", "\"ui/widgets/tablewidget.h\"", yes);
    row("ui/request/editor.cpp", "\"ui/response/responseview.h\"", yes);
    row("ui/response/responseview.cpp", "\"ui/request/editor.h\"", no);
    row("ui/request/editor.cpp", "\"ui/mainwindow/mainwindow.h\"", no);
    row("ui/request/editor.cpp", "<QNetworkReply>", no);
    row("ui/mainwindow/mainwindow.cpp", "\"ui/response/responseview.h\"", yes);
    row("ui/mainwindow/mainwindow.cpp", "\"app/demo-server/demoserver.h\"", no);
    row("app/sluice-cli/main.cpp", "\"core/run/engine.h\"", yes);
    row("app/sluice-cli/main.cpp", "\"ui/mainwindow/mainwindow.h\"", no);
    row("app/sluice-cli/main.cpp", "<QGuiApplication>", no);
    row("app/demo-server/server.cpp", "<event2/http.h>", yes);
    row("app/demo-server/server.cpp", "\"core/http/header.h\"", no);
    row("tests/core/base/tst_duration.cpp", "\"tst_duration.moc\"", yes);
    row("tests/core/http/tst_endpoint.cpp", "\"ui/mainwindow/mainwindow.h\"", no);
}

void TestLayering::judges()
{
    QFETCH(QString, file);
    QFETCH(QString, include);
    QFETCH(bool, allowed);
    const auto found = IncludeRules::check(file, "#include " + include.toUtf8());
    QCOMPARE(found.empty(), allowed);
}

void TestLayering::namesFileAndLine()
{
    const QByteArray text = "#pragma once\n\n# include <QWidget>\n#include <vector>\n";
    const auto found = IncludeRules::check(u"core/run/engine.h"_s, text);
    QCOMPARE(found.size(), size_t(1));
    QCOMPARE(found.front().text(),
             u"core/run/engine.h:3: core/run may not use QtWidgets (<QWidget>)"_s);
}

void TestLayering::treeKeepsTheRings()
{
    const QDir root(qEnvironmentVariable("SLUICE_SOURCE_DIR"));
    QStringList wrong;
    int files = 0;
    for (const QString &ring : {u"app"_s, u"core"_s, u"ui"_s, u"tests"_s}) {
        QDirIterator each(root.filePath(ring), {u"*.h"_s, u"*.cpp"_s}, QDir::Files,
                          QDirIterator::Subdirectories);
        while (each.hasNext()) {
            QFile file(each.next());
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.errorString()));
            ++files;
            const QString path = root.relativeFilePath(file.fileName());
            for (const auto &violation : IncludeRules::check(path, file.readAll()))
                wrong.append(violation.text());
        }
    }
    QVERIFY(files > 0);
    QVERIFY2(wrong.isEmpty(), qPrintable(u'\n' + wrong.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestLayering)
#include "tst_layering.moc"
