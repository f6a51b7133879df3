// SPDX-License-Identifier: GPL-3.0-or-later
// Every field of a request that takes {{variables}} marks them, tells those that cannot be resolved
// from the others, and says on hovering what they stand for.
#include "ui/mainwindow/requesttab.h"
#include "ui/request/rowstable.h"
#include "ui/theme/mode.h"
#include "ui/widgets/codeview.h"
#include "ui/widgets/underlinetabs.h"

#include <QApplication>
#include <QComboBox>
#include <QHelpEvent>
#include <QLineEdit>
#include <QTest>
#include <QToolTip>
#include <QUndoStack>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

enum Page { Params, Headers, Body, Auth, Checks };

enum class Mark { None, Known, Bad };

/** How the character at \a byte of \a editor is marked. */
Mark markAt(const CodeView *editor, long byte)
{
    const long on = editor->SendScintilla(QsciScintilla::SCI_INDICATORALLONFOR,
                                          static_cast<unsigned long>(byte));
    Mark mark = Mark::None;
    for (unsigned long indicator = 8; indicator < 32; ++indicator) {
        if (!(on >> indicator & 1))
            continue;
        const long style = editor->SendScintilla(QsciScintilla::SCI_INDICGETSTYLE, indicator);
        if (style == QsciScintilla::INDIC_SQUIGGLE)
            return Mark::Bad;
        mark = Mark::Known;
    }
    return mark;
}

/** The marks of the first and the last character of each `{{…}}`, and of what is around them. */
QString marksOf(const CodeView *editor)
{
    const QByteArray text = editor->text().toUtf8();
    QString marks;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const Mark mark = markAt(editor, long(i));
        marks += mark == Mark::None ? u'.' : mark == Mark::Known ? u'k' : u'B';
    }
    return marks;
}

/** What is told on hovering \a at. */
QString toolTipAt(QWidget *widget, const QPoint &at)
{
    // It goes a moment later, and what is there meanwhile would be told again.
    QToolTip::hideText();
    if (!QTest::qWaitFor([] { return !QToolTip::isVisible(); }))
        return u"does not go"_s;
    QHelpEvent event(QEvent::ToolTip, at, widget->mapToGlobal(at));
    QApplication::sendEvent(widget, &event);
    return QToolTip::text();
}

QString toolTipAtByte(CodeView *editor, long byte)
{
    const auto place = [&](unsigned message) {
        return int(editor->SendScintilla(message, 0UL, byte));
    };
    return toolTipAt(editor->viewport(), {place(QsciScintilla::SCI_POINTXFROMPOSITION) + 3,
                                          place(QsciScintilla::SCI_POINTYFROMPOSITION) + 5});
}

/** Whether the colour of a mistake is seen in \a area of \a widget. */
bool isRed(QWidget *widget, const QRect &area)
{
    const QImage image = widget->grab(area).toImage();
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor color = image.pixelColor(x, y);
            if (color.red() - qMax(color.green(), color.blue()) > 60)
                return true;
        }
    }
    return false;
}

} // namespace

class TestVariableMarks : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<RequestTab> m_tab;
    QUndoStack m_history;

    void openTab(const RequestSpec &spec)
    {
        RequestInContext request;
        request.request = spec;
        m_history.clear();
        m_tab = std::make_unique<RequestTab>(std::make_shared<RequestBuffer>(request), &m_history);
        m_tab->setVariables(inputs(u"1"_s));
        m_tab->resize(1000, 800);
        m_tab->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_tab.get()));
    }

    static VariableInputs inputs(const QString &value)
    {
        VariableInputs inputs;
        inputs.environment.name = u"local"_s;
        inputs.environment.variables = {{u"id"_s, value}};
        return inputs;
    }

    QWidget *show(Page page)
    {
        auto *tabs = m_tab->findChild<UnderlineTabs *>(u"requestParts"_s);
        tabs->setCurrentIndex(page);
        return tabs->page(page);
    }

    CodeView *editor(const QString &accessibleName)
    {
        for (auto *view : show(Body)->findChildren<CodeView *>()) {
            if (view->accessibleName() == accessibleName)
                return view;
        }
        return nullptr;
    }

    /** Types \a text into the cell and looks at it. */
    void typeIntoCell(RowsTable *table, int column, const QString &text)
    {
        table->setFocus();
        table->setCurrentIndex(table->model()->index(0, column));
        QTest::keyClick(table, Qt::Key_F2);
        auto *edit = table->viewport()->findChild<QLineEdit *>();
        QVERIFY(edit);
        edit->selectAll();
        QTest::keyClicks(edit, text);
        QCOMPARE(isRed(edit, edit->rect()), text.contains(u"nope"_s));
        // What is being typed stays, whatever becomes known meanwhile.
        m_tab->setVariables(inputs(u"1"_s));
        QCOMPARE(edit->text(), text);
        QTest::keyClick(edit, Qt::Key_Return);
        QTRY_VERIFY(!table->viewport()->findChild<QLineEdit *>());
    }

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Light); }
    void cleanup() { m_tab.reset(); }

    void whatIsTypedIntoABodyIsMarked_data()
    {
        QTest::addColumn<BodySpec::Kind>("kind");
        QTest::addColumn<QString>("name");

        QTest::newRow("json") << BodySpec::Kind::Json << u"Body"_s;
        QTest::newRow("xml") << BodySpec::Kind::Xml << u"Body"_s;
        QTest::newRow("text") << BodySpec::Kind::Text << u"Body"_s;
        QTest::newRow("sparql") << BodySpec::Kind::Sparql << u"Body"_s;
        QTest::newRow("graphql query") << BodySpec::Kind::GraphQl << u"Body"_s;
        QTest::newRow("graphql variables") << BodySpec::Kind::GraphQl << u"GraphQL variables"_s;
    }

    void whatIsTypedIntoABodyIsMarked()
    {
        QFETCH(BodySpec::Kind, kind);
        QFETCH(QString, name);
        openTab({});
        auto *kinds = show(Body)->findChild<QComboBox *>();
        kinds->setFocus();
        for (int i = 0; i < kinds->findData(int(kind)); ++i)
            QTest::keyClick(kinds, Qt::Key_Down);
        CodeView *body = editor(name);
        QVERIFY(body && body->isVisible());
        body->setFocus();
        QTest::keyClicks(body, u"a {{id}} {{ nope }} {{x y}} {{$guid}}"_s);
        QTRY_COMPARE(marksOf(body), u"..kkkkkk.BBBBBBBBBB.........kkkkkkkkk"_s);
        // Where the view has scrolled away from the beginning, it comes back.
        QTest::keyClick(body, Qt::Key_Home);
        QCOMPARE(toolTipAtByte(body, 4), u"id = 1 (from local)"_s);
        QCOMPARE(toolTipAtByte(body, 12),
                 u"{{nope}} is not defined in this environment, folder or request"_s);
        QCOMPARE(toolTipAtByte(body, 0), QString());
        const BodySpec &stored = m_tab->spec().body;
        QCOMPARE(name == u"Body"_s ? stored.text : stored.graphQlVariables, body->text());
        // The meaning changes: another environment.
        VariableInputs other = inputs(u"2"_s);
        other.environment.variables.push_back({u"nope"_s, u"known now"_s});
        m_tab->setVariables(other);
        QTRY_COMPARE(marksOf(body), u"..kkkkkk.kkkkkkkkkk.........kkkkkkkkk"_s);
        QCOMPARE(toolTipAtByte(body, 12), u"nope = known now (from local)"_s);
        // The mark goes with its braces.
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(body, Qt::Key_Delete);
        QTRY_COMPARE(marksOf(body), u"......kkkkkkkkkk.........kkkkkkkkk"_s);
    }

    void positionsAreThoseOfTheCharacters()
    {
        RequestSpec spec;
        spec.body.kind = BodySpec::Kind::Text;
        spec.body.text = u"ü€😀{{id}}\n€{{nope}}"_s;
        openTab(spec);
        show(Body);
        CodeView *body = editor(u"Body"_s);
        QTRY_COMPARE(marksOf(body), u".........kkkkkk....BBBBBBBB"_s);
    }

    void onlyTheScreenOfALargeBodyIsLookedAt()
    {
        constexpr int Lines = 150'000;
        RequestSpec spec;
        spec.body.kind = BodySpec::Kind::Json;
        spec.body.text = u"  \"key\": \"an unknown {{nope}}\",\n"_s.repeated(Lines);
        QVERIFY(spec.body.text.size() > 4'500'000);
        openTab(spec);
        show(Body);
        CodeView *body = editor(u"Body"_s);
        const long lineLength = long(spec.body.text.size() / Lines);
        const auto markOfLine = [&](long line) { return markAt(body, line * lineLength + 25); };
        QTRY_COMPARE(markOfLine(1), Mark::Bad);
        QCOMPARE(markOfLine(Lines / 2), Mark::None);
        QCOMPARE(markOfLine(Lines - 1), Mark::None);
        body->setFocus();
        QTest::keyClick(body, Qt::Key_End, Qt::ControlModifier);
        QTRY_COMPARE(markOfLine(Lines - 1), Mark::Bad);
        QCOMPARE(markOfLine(Lines / 2), Mark::None);
    }

    void onlyTheScreenOfALongLineIsLookedAt()
    {
        constexpr long Pieces = 20'000;
        RequestSpec spec;
        spec.body.kind = BodySpec::Kind::Text;
        spec.body.text = u"{{nope}}, "_s.repeated(Pieces);
        openTab(spec);
        show(Body);
        CodeView *body = editor(u"Body"_s);
        QTRY_COMPARE(markAt(body, 2), Mark::Bad);
        QCOMPARE(markAt(body, Pieces * 5 + 2), Mark::None);
        body->setFocus();
        QTest::keyClick(body, Qt::Key_End);
        QTRY_COMPARE(markAt(body, Pieces * 10 - 8), Mark::Bad);
        QCOMPARE(markAt(body, Pieces * 5 + 2), Mark::None);
    }

    void whatIsFoldedAwayIsNotLookedAt()
    {
        RequestSpec spec;
        spec.body.kind = BodySpec::Kind::Json;
        spec.body.text = u"{\n"_s + u"  \"a\": \"{{nope}}\",\n"_s.repeated(100'000)
                         + u"  \"b\": 1\n}\n\"{{id}}\"\n"_s;
        openTab(spec);
        show(Body);
        CodeView *body = editor(u"Body"_s);
        QTRY_COMPARE(markAt(body, 10), Mark::Bad);
        body->setFocus();
        body->foldLine(0);
        const long end = long(spec.body.text.size());
        QTRY_COMPARE(markAt(body, end - 6), Mark::Known);
        QCOMPARE(markAt(body, end / 2), Mark::None);
    }

    void cellsAreMarked_data()
    {
        QTest::addColumn<int>("page");
        QTest::addColumn<QString>("table");
        QTest::addColumn<int>("column");

        QTest::newRow("parameter's name") << int(Params) << u"Parameters"_s << 0;
        QTest::newRow("parameter's value") << int(Params) << u"Parameters"_s << 1;
        QTest::newRow("header's name") << int(Headers) << u"Headers"_s << 0;
        QTest::newRow("header's value") << int(Headers) << u"Headers"_s << 1;
        QTest::newRow("field's name") << int(Body) << u"Form fields"_s << 0;
        QTest::newRow("field's value") << int(Body) << u"Form fields"_s << 1;
        QTest::newRow("check's value") << int(Checks) << u"Checks"_s << 2;
    }

    void cellsAreMarked()
    {
        QFETCH(int, page);
        QFETCH(QString, table);
        QFETCH(int, column);
        RequestSpec spec;
        spec.params = {{{u"p"_s, u"1"_s}}};
        spec.headers = {{u"h"_s, u"1"_s}};
        spec.body.kind = BodySpec::Kind::FormUrlEncoded;
        spec.body.fields = {{{u"f"_s, u"1"_s}}};
        spec.assertions = {{u"res.status"_s, u"eq"_s, u"200"_s}};
        openTab(spec);
        RowsTable *rows = nullptr;
        for (auto *candidate : show(Page(page))->findChildren<RowsTable *>()) {
            if (candidate->accessibleName() == table)
                rows = candidate;
        }
        QVERIFY(rows);
        const QRect cell = rows->visualRect(rows->model()->index(0, column)).adjusted(0, 2, 0, -2);
        typeIntoCell(rows, column, u"x {{id}}"_s);
        QVERIFY(!isRed(rows->viewport(), cell));
        QCOMPARE(toolTipAt(rows->viewport(), cell.center()), u"id = 1 (from local)"_s);
        typeIntoCell(rows, column, u"{{id}} {{nope}}"_s);
        QVERIFY(isRed(rows->viewport(), cell));
        QCOMPARE(toolTipAt(rows->viewport(), cell.center()),
                 u"id = 1 (from local)\n{{nope}} is not defined in this environment, folder or "
                 "request"_s);
        VariableInputs other = inputs(u"1"_s);
        other.environment.variables.push_back({u"nope"_s, u"known now"_s});
        m_tab->setVariables(other);
        QVERIFY(!isRed(rows->viewport(), cell));
    }

    void authenticationIsMarked()
    {
        RequestSpec spec;
        spec.auth.type = u"basic"_s;
        spec.auth.params = {{u"username"_s, u"{{nope}}"_s}, {u"password"_s, u"{{id}}"_s}};
        openTab(spec);
        QWidget *panel = show(Auth);
        auto *user = panel->findChild<QLineEdit *>(u"username"_s);
        auto *password = panel->findChild<QLineEdit *>(u"password"_s);
        const QRect inside = user->rect().adjusted(4, 4, -4, -4);
        QVERIFY(isRed(user, inside));
        QVERIFY(!isRed(password, inside));
        QCOMPARE(toolTipAt(password, {20, password->height() / 2}), u"id = 1 (from local)"_s);
        QTest::mouseClick(user, Qt::LeftButton);
        user->selectAll();
        QTest::keyClicks(user, u"{{id}}"_s);
        QVERIFY(!isRed(user, inside));
    }

    void whatAnActionSetsBeforeIsKnown()
    {
        RequestSpec spec;
        spec.body.kind = BodySpec::Kind::Text;
        spec.body.text = u"{{n}}"_s;
        spec.captures = {
            {u"n"_s, u"6 * 7"_s, u"request"_s, true, CaptureSpec::Phase::BeforeRequest}};
        openTab(spec);
        show(Body);
        CodeView *body = editor(u"Body"_s);
        QTRY_COMPARE(markAt(body, 2), Mark::Known);
        QCOMPARE(toolTipAtByte(body, 2), u"{{n}} is set by an action before the request"_s);
        // Switched off, it sets nothing.
        RowsTable *captures = nullptr;
        for (auto *table : show(Checks)->findChildren<RowsTable *>()) {
            if (table->accessibleName() == u"Captures"_s)
                captures = table;
        }
        QVERIFY(captures);
        captures->setCurrentIndex(captures->model()->index(0, 0));
        QTest::keyClick(captures, Qt::Key_Space);
        show(Body);
        QTRY_COMPARE(markAt(body, 2), Mark::Bad);
    }
};

QTEST_MAIN(TestVariableMarks)
#include "tst_variablemarks.moc"
