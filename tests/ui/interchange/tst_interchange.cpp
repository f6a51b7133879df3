// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/interchange/exportdialog.h"
#include "ui/interchange/interchangecontroller.h"
#include "ui/request/urledit.h"
#include "ui/widgets/codeview.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Sluice;
using namespace Qt::StringLiterals;

/** Pasting and exporting, by keyboard and mouse. */
class TestInterchange final : public QObject
{
    Q_OBJECT

private slots:
    void pastes_data();
    void pastes();
    void urlTakesNoCurlCommand();
    void exportsForEachTarget();
};

void TestInterchange::pastes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("urls");

    QTest::newRow("URL") << u" https://h/x?a=b\n"_s << QStringList{u"https://h/x?a=b"_s};
    QTest::newRow("curl") << u"curl -X POST \\\n http://h/x"_s << QStringList{u"http://h/x"_s};
    QTest::newRow("two") << u"curl http://h/1\ncurl http://h/2"_s
                         << QStringList{u"http://h/1"_s, u"http://h/2"_s};
    QTest::newRow("other text") << u"hello https://h/"_s << QStringList();
    QTest::newRow("nothing") << QString() << QStringList();
}

void TestInterchange::pastes()
{
    QFETCH(QString, text);
    QFETCH(QStringList, urls);
    QWidget window;
    InterchangeController controller(&window);
    QStringList found;
    connect(&controller, &InterchangeController::pasted, this,
            [&found](const RequestSpec &request) { found += request.url; });
    QCOMPARE(controller.paste(text), !urls.isEmpty());
    QTRY_COMPARE(found, urls);
}

void TestInterchange::urlTakesNoCurlCommand()
{
    UrlEdit edit(nullptr);
    QSignalSpy spy(&edit, &UrlEdit::curlPasted);
    edit.show();
    edit.setFocus();
    QApplication::clipboard()->setText(u"curl http://h/"_s);
    QTest::keyClick(&edit, Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(spy.size(), 1);
    QCOMPARE(edit.text(), QString());
    QApplication::clipboard()->setText(u"http://h/"_s);
    QTest::keyClick(&edit, Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(spy.size(), 1);
    QCOMPARE(edit.text(), u"http://h/"_s);
}

void TestInterchange::exportsForEachTarget()
{
    RequestInContext request;
    request.displayPath = u"A"_s;
    request.request.name = u"A"_s;
    request.request.url = u"http://127.0.0.1:1/x"_s;
    ExportJob job;
    job.plan.name = u"Shop"_s;
    job.plan.requests = {request};
    job.plan.options.maxRetries = 1;
    ExportDialog dialog(job, nullptr);
    dialog.show();
    auto *targets = dialog.findChild<QComboBox *>(u"exportTarget"_s);
    auto *text = dialog.findChild<CodeView *>(u"exportText"_s);
    auto *notes = dialog.findChild<QLabel *>(u"exportNotes"_s);
    auto *copy = dialog.findChild<QPushButton *>(u"exportCopy"_s);
    QCOMPARE(targets->count(), int(exportTargets().size()));
    QTRY_VERIFY(text->text().contains("executor: 'shared-iterations'"_L1));
    QVERIFY(notes->text().contains("not tried again"_L1));
    QTest::keyClick(targets, Qt::Key_End);
    QTRY_VERIFY(text->text().contains("#!/bin/sh"_L1));
    QTRY_VERIFY(copy->isEnabled());
    QTest::mouseClick(copy, Qt::LeftButton);
    QVERIFY(QApplication::clipboard()->text().contains("'http://127.0.0.1:1/x'"_L1));
}

QTEST_MAIN(TestInterchange)
#include "tst_interchange.moc"
