// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/environment/secretstore.h"

#include <QDirIterator>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

constexpr int PatienceMs = 20'000;
const QString Value = u"s3cret wörd \"1\""_s;

/** A session bus and a keyring of its own, apart from the user's. */
class PrivateKeyring
{
public:
    ~PrivateKeyring()
    {
        for (QProcess *process : {&m_keyring, &m_bus}) {
            process->terminate();
            process->waitForFinished();
        }
    }

    bool start()
    {
        m_bus.start(u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--print-address"_s});
        if (!m_bus.waitForReadyRead())
            return false;
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.readLine().trimmed());
        qputenv("HOME", m_home.path().toUtf8());
        qputenv("XDG_DATA_HOME", m_home.path().toUtf8());
        qputenv("XDG_RUNTIME_DIR", m_home.path().toUtf8());
        m_keyring.start(u"gnome-keyring-daemon"_s,
                        {u"--foreground"_s, u"--unlock"_s, u"--components=secrets"_s});
        if (!m_keyring.waitForStarted())
            return false;
        m_keyring.write("password of the keyring");
        m_keyring.closeWriteChannel();
        return true;
    }

    /** True once the Secret Service is on the bus. */
    bool answers() const
    {
        QProcess ask;
        ask.start(u"dbus-send"_s,
                  {u"--session"_s, u"--print-reply=literal"_s, u"--dest=org.freedesktop.DBus"_s,
                   u"/"_s, u"org.freedesktop.DBus.NameHasOwner"_s,
                   u"string:org.freedesktop.secrets"_s});
        return ask.waitForFinished() && ask.readAll().contains("true");
    }

    QString folder() const { return m_home.path(); }

private:
    QTemporaryDir m_home;
    QProcess m_bus;
    QProcess m_keyring;
};

const SecretKey Token{u"/home/me/shop"_s, u"local"_s, u"token"_s};

} // namespace

/** Secrets with and without a keychain; the program's own event dispatcher, as in the app. */
class TestSecretStore final : public QObject
{
    Q_OBJECT

private slots:
    // First: libsecret keeps the first bus that it reached.
    void staysInMemoryWithoutAKeychain();
    void mayGoBeforeTheAnswer();
    void isKeptByARealSecretService();
};

void TestSecretStore::staysInMemoryWithoutAKeychain()
{
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    SecretStore store;
    QSignalSpy unavailable(&store, &SecretStore::unavailable);
    QSignalSpy loaded(&store, &SecretStore::loaded);
    store.load({Token});
    QTRY_COMPARE_WITH_TIMEOUT(loaded.count(), 1, PatienceMs);
    QVERIFY(!store.value(Token));
    QVERIFY(!store.problem().isEmpty());
    store.set(Token, Value);
    QTRY_COMPARE_WITH_TIMEOUT(unavailable.count(), 1, PatienceMs);
    QVERIFY(!unavailable.first().first().toString().isEmpty());
    QCOMPARE(store.value(Token), Value);
    SecretStore other;
    QVERIFY(!other.value(Token));
}

void TestSecretStore::mayGoBeforeTheAnswer()
{
    for (int i = 0; i < 20; ++i) {
        SecretStore gone;
        gone.load({Token});
        gone.set(Token, i % 2 == 0 ? Value : QString());
    }
    // Its answer is the last one.
    SecretStore store;
    QSignalSpy loaded(&store, &SecretStore::loaded);
    store.load({Token});
    QTRY_COMPARE_WITH_TIMEOUT(loaded.count(), 1, PatienceMs);
}

void TestSecretStore::isKeptByARealSecretService()
{
    if (QStandardPaths::findExecutable(u"gnome-keyring-daemon"_s).isEmpty())
        QFAIL("gnome-keyring is needed; see packaging/packages");
    PrivateKeyring keyring;
    QVERIFY(keyring.start());
    QTRY_VERIFY_WITH_TIMEOUT(keyring.answers(), PatienceMs);
    {
        SecretStore store;
        QSignalSpy stored(&store, &SecretStore::stored);
        QSignalSpy unavailable(&store, &SecretStore::unavailable);
        store.set(Token, Value);
        QTRY_VERIFY_WITH_TIMEOUT(stored.count() + unavailable.count() == 1, PatienceMs);
        QVERIFY2(unavailable.isEmpty(), qPrintable(store.problem()));
    }
    const auto load = [](const SecretKey &key) {
        SecretStore store;
        QSignalSpy loaded(&store, &SecretStore::loaded);
        store.load({key});
        [&] { QTRY_COMPARE_WITH_TIMEOUT(loaded.count(), 1, PatienceMs); }();
        [&] { QVERIFY2(store.problem().isEmpty(), qPrintable(store.problem())); }();
        return store.value(key);
    };
    QCOMPARE(load(Token), Value);
    // A collection of the same name elsewhere does not get at it.
    QVERIFY(!load({u"/tmp/stranger/shop"_s, u"local"_s, u"token"_s}));
    QDirIterator files(keyring.folder(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY2(!file.open(QIODevice::ReadOnly) || !file.readAll().contains(Value.toUtf8()),
                 qPrintable(file.fileName()));
    }
    {
        SecretStore store;
        QSignalSpy stored(&store, &SecretStore::stored);
        store.set(Token, {});
        QTRY_COMPARE_WITH_TIMEOUT(stored.count(), 1, PatienceMs);
    }
    QVERIFY(!load(Token));
}

int main(int argc, char *argv[])
{
    // As app/sluice does: libsecret's answers have to come without Qt's GLib dispatcher.
    qputenv("QT_NO_GLIB", "1");
    QCoreApplication app(argc, argv);
    TestSecretStore test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_secretstore.moc"
