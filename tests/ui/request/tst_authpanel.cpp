// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/authpanel.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sluice;

using Params = QMap<QString, QString>;

class TestAuthPanel final : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<AuthPanel> m_panel;

    void show(const AuthSpec &auth)
    {
        RequestSpec spec;
        spec.auth = auth;
        m_panel->load(spec);
    }

    AuthSpec stored() const
    {
        RequestSpec spec;
        m_panel->store(spec);
        return spec.auth;
    }

    QComboBox *type() const { return m_panel->findChild<QComboBox *>(u"type"_s); }

    /** Chooses by the keyboard. */
    void choose(QComboBox *box, const QString &text)
    {
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Home);
        while (box->currentText() != text && box->currentIndex() + 1 < box->count())
            QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(box->currentText(), text);
    }

    void type(const QString &field, const QString &text)
    {
        auto *edit = m_panel->findChild<QLineEdit *>(field);
        QVERIFY2(edit, qPrintable(field));
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }

private slots:
    void init()
    {
        m_panel = std::make_unique<AuthPanel>(nullptr);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    }

    void showsWhatIsWritten_data()
    {
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("shown");
        QTest::addColumn<bool>("noted");
        QTest::newRow("nothing: it is sent without") << QString() << u"None"_s << false;
        QTest::newRow("none") << u"none"_s << u"None"_s << false;
        QTest::newRow("inherit") << u"inherit"_s << u"Inherit from folder"_s << true;
        QTest::newRow("bearer") << u"bearer"_s << u"Bearer token"_s << false;
        QTest::newRow("another program's") << u"oauth2"_s << QString() << true;
    }

    void showsWhatIsWritten()
    {
        QFETCH(QString, written);
        const AuthSpec auth{written, {}};
        show(auth);
        QTEST(type()->currentText(), "shown");
        QTEST(m_panel->findChild<QLabel *>(u"note"_s)->isVisible(), "noted");
        QCOMPARE(stored(), auth);
    }

    void anApiKeyIsFilledIn()
    {
        show({});
        const QSignalSpy edited(m_panel.get(), &RequestPanel::edited);
        choose(type(), u"API key"_s);
        type(u"key"_s, u"X-Key"_s);
        type(u"value"_s, u"{{key}}"_s);
        QCOMPARE(stored(), (AuthSpec{u"apikey"_s,
                                     Params{{u"key"_s, u"X-Key"_s}, {u"value"_s, u"{{key}}"_s}}}));
        auto *placement = m_panel->findChild<QComboBox *>(u"placement"_s);
        QCOMPARE(placement->currentText(), u"A header field"_s);
        placement->setFocus();
        QTest::keyClick(placement, Qt::Key_Down);
        QCOMPARE(stored().params.value(u"placement"_s), u"query"_s);
        QVERIFY(!edited.isEmpty());

        show(stored());
        QCOMPARE(m_panel->findChild<QComboBox *>(u"placement"_s)->currentText(),
                 u"The query of the URL"_s);
    }

    void anotherTypeTakesNothingAlong()
    {
        show({u"basic"_s, {{u"username"_s, u"ann"_s}, {u"password"_s, u"pw"_s}}});
        choose(type(), u"Bearer token"_s);
        type(u"token"_s, u"t-1"_s);
        QCOMPARE(stored(), (AuthSpec{u"bearer"_s, Params{{u"token"_s, u"t-1"_s}}}));
        choose(type(), u"Basic"_s);
        QCOMPARE(stored(), (AuthSpec{u"basic"_s,
                                     Params{{u"username"_s, u"ann"_s}, {u"password"_s, u"pw"_s}}}));
    }

    void theTitleSaysWhatSigns_data()
    {
        QTest::addColumn<QString>("own");
        QTest::addColumn<QStringList>("levels"); // Outermost first.
        QTest::addColumn<QString>("summary");
        QTest::newRow("not written") << QString() << QStringList{u"bearer"_s} << QString();
        QTest::newRow("none") << u"none"_s << QStringList{u"bearer"_s} << QString();
        QTest::newRow("own") << u"basic"_s << QStringList{u"bearer"_s} << u"basic"_s;
        QTest::newRow("inherited")
            << u"inherit"_s << QStringList{u"bearer"_s} << u"bearer, inherited"_s;
        QTest::newRow("the nearest")
            << u"inherit"_s << QStringList{u"bearer"_s, u"basic"_s} << u"basic, inherited"_s;
        QTest::newRow("past a folder that has none")
            << u"inherit"_s << QStringList{u"bearer"_s, u"none"_s, QString()}
            << u"bearer, inherited"_s;
        QTest::newRow("nothing to inherit") << u"inherit"_s << QStringList{QString()} << QString();
    }

    void theTitleSaysWhatSigns()
    {
        QFETCH(QString, own);
        QFETCH(QStringList, levels);
        std::vector<RequestDefaults> defaults;
        for (const QString &level : levels) {
            defaults.emplace_back();
            defaults.back().auth.type = level;
        }
        QTEST(AuthPanel::summary({own, {}}, defaults), "summary");
    }
};

QTEST_MAIN(TestAuthPanel)
#include "tst_authpanel.moc"
