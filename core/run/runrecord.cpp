// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/runrecord.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr qint64 CommitEveryUs = 1'000'000;

QString limitsText(const Limits &limits)
{
    QJsonArray hosts;
    for (const HostLimit &host : limits.hosts)
        hosts.append(QJsonObject{{u"host"_s, host.pattern}, {u"limit"_s, host.limit}});
    const QJsonObject json{{u"total"_s, limits.total},
                           {u"perHost"_s, limits.perHost},
                           {u"hosts"_s, hosts},
                           {u"streamsPerConnection"_s, limits.streamsPerConnection},
                           {u"idleExpiryUs"_s, limits.idleExpiryUs},
                           {u"perSecond"_s, limits.rate.perSecond},
                           {u"perSecondAndHost"_s, limits.ratePerHost.perSecond},
                           {u"queueMax"_s, limits.queueMax},
                           {u"queueTimeoutUs"_s, limits.queueTimeoutUs}};
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

} // namespace

/** The connection and the statements of every request. */
struct RunRecord::Database
{
    explicit Database(const QString &path)
        : name(QUuid::createUuid().toString()),
          connection(QSqlDatabase::addDatabase(u"QSQLITE"_s, name)), insertSample(connection),
          insertBody(connection)
    {
        connection.setDatabaseName(path);
    }
    ~Database()
    {
        // A connection may only be removed when nothing refers to it any more.
        insertSample = QSqlQuery();
        insertBody = QSqlQuery();
        connection.close();
        connection = QSqlDatabase();
        QSqlDatabase::removeDatabase(name);
    }
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    bool exec(const QString &statement)
    {
        QSqlQuery query(connection);
        return note(query.exec(statement), query);
    }
    bool exec(QSqlQuery &query) { return note(query.exec(), query); }
    bool prepare()
    {
        return insertSample.prepare(
                   u"INSERT INTO sample VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s)
               && insertBody.prepare(u"INSERT OR REPLACE INTO body VALUES (?, ?)"_s)
               && exec(u"BEGIN"_s);
    }

    QString name;
    QSqlDatabase connection;
    QSqlQuery insertSample;
    QSqlQuery insertBody;
    QString error; ///< The first one.

private:
    bool note(bool isDone, const QSqlQuery &query)
    {
        if (!isDone && error.isEmpty())
            error = query.lastError().databaseText();
        return isDone;
    }
};

RunRecord::RunRecord(QString path, Redactor redactor, EndpointName endpointName)
    : m_path(std::move(path)), m_redactor(std::move(redactor)),
      m_endpointName(std::move(endpointName))
{
}

RunRecord::~RunRecord() = default;

Result<> RunRecord::open(const RunPlan &plan, const Limits &limits)
{
    const QFileInfo info(m_path);
    if (info.exists() && !info.isFile())
        return failure(ErrorCode::Usage, u"%1 is not a regular file"_s.arg(m_path));
    QFile::remove(m_path);
    m_database = std::make_unique<Database>(m_path);
    const bool isOpen = m_database->connection.open();
    if (isOpen && createTables() && addRun(plan, limits) && m_database->prepare())
        return {};
    return failure(ErrorCode::Usage,
                   u"%1 cannot be written: %2"_s.arg(
                       m_path, isOpen ? m_database->error
                                      : m_database->connection.lastError().databaseText()));
}

bool RunRecord::createTables()
{
    return m_database->exec(u"PRAGMA journal_mode = WAL"_s)
           && m_database->exec(u"PRAGMA synchronous = NORMAL"_s)
           && m_database->exec(u"PRAGMA user_version = 1"_s)
           && m_database->exec(
               u"CREATE TABLE run (name TEXT, environment TEXT, started_at TEXT, limits TEXT, "
               "requests TEXT, iterations INTEGER, duration_us INTEGER, program TEXT, "
               "finished INTEGER)"_s)
           && m_database->exec(
               u"CREATE TABLE sample (seq INTEGER PRIMARY KEY, request INTEGER, host TEXT, "
               "enqueued_us INTEGER, admitted_us INTEGER, connect_us INTEGER, sent_us INTEGER, "
               "headers_us INTEGER, finished_us INTEGER, status INTEGER, outcome TEXT, "
               "bytes_wire INTEGER, bytes_body INTEGER, attempt INTEGER, new_connection "
               "INTEGER, waits_us TEXT, message TEXT)"_s)
           && m_database->exec(u"CREATE TABLE transition (at_us INTEGER, limits TEXT)"_s)
           && m_database->exec(u"CREATE TABLE body (seq INTEGER PRIMARY KEY, zlib BLOB)"_s);
}

bool RunRecord::addRun(const RunPlan &plan, const Limits &limits)
{
    QStringList names;
    for (const RequestInContext &request : plan.requests)
        names += request.displayPath;
    QSqlQuery query(m_database->connection);
    query.prepare(u"INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)"_s);
    const QList<QVariant> values{
        plan.name,
        plan.variables.environment.name,
        QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs),
        limitsText(limits),
        QString::fromUtf8(
            QJsonDocument(QJsonArray::fromStringList(names)).toJson(QJsonDocument::Compact)),
        plan.iterations,
        plan.durationUs,
        u"Sluice "_s + QStringLiteral(SLUICE_VERSION)};
    for (const QVariant &value : values)
        query.addBindValue(value);
    return m_database->exec(query);
}

void RunRecord::requestFinished(const Sample &sample, const RunResult &result)
{
    for (const QString &secret : result.secrets)
        m_redactor.add(secret);
    if (!m_database->error.isEmpty())
        return;
    const PhaseTimings &timings = sample.timings;
    const auto since = [this](qint64 us) { return us < 0 ? QVariant() : QVariant(us - m_startUs); };
    QStringList waits;
    for (const qint64 us : timings.waits)
        waits += QString::number(us);
    const QString message = result.response.error ? result.response.error->message : QString();
    const QList<QVariant> values{
        qint64(sample.seq),
        sample.request,
        sample.endpoint == EndpointId::None ? QString()
                                            : m_redactor.redact(m_endpointName(sample.endpoint)),
        since(timings.enqueuedUs),
        since(timings.admittedUs),
        since(timings.connectUs),
        since(timings.sentUs),
        since(timings.headersUs),
        since(timings.finishedUs),
        sample.status,
        sample.error ? errorCodeName(*sample.error) : u"ok"_s,
        sample.bytesWire,
        sample.bytesBody,
        sample.attempt,
        timings.isNewConnection(),
        waits.join(u' '),
        message.isEmpty() ? QVariant() : QVariant(m_redactor.redact(message))};
    for (qsizetype i = 0; i < values.size(); ++i)
        m_database->insertSample.bindValue(int(i), values[i]);
    m_database->exec(m_database->insertSample);
    addBody(sample, result);
    commitNowAndThen(timings.finishedUs);
}

void RunRecord::addBody(const Sample &sample, const RunResult &result)
{
    const QByteArray &bytes = result.response.body;
    if (bytes.isEmpty() || bytes.size() > MaxBodyBytes)
        return;
    const bool hasFailed =
        result.response.error || std::ranges::any_of(result.checks, [](const CheckResult &check) {
            return !check.passed;
        });
    if (hasFailed && m_bodyBytes < MaxBodiesBytes) {
        const Body body{qint64(sample.seq), qCompress(m_redactor.redact(bytes))};
        m_bodyBytes += body.bytes.size();
        insertBody(body);
        return;
    }
    // Not compressed before it is known to be among the last ones.
    m_lastBodies.push_back({qint64(sample.seq), bytes});
    if (m_lastBodies.size() > LastBodies)
        m_lastBodies.pop_front();
}

void RunRecord::insertBody(const Body &body)
{
    m_database->insertBody.bindValue(0, body.seq);
    m_database->insertBody.bindValue(1, body.bytes);
    m_database->exec(m_database->insertBody);
}

void RunRecord::commitNowAndThen(qint64 nowUs)
{
    if (nowUs - m_committedUs < CommitEveryUs)
        return;
    m_committedUs = nowUs;
    if (m_database->exec(u"COMMIT"_s))
        m_database->exec(u"BEGIN"_s);
}

Result<> RunRecord::close(const RunStatistics &statistics)
{
    for (const Body &body : m_lastBodies)
        insertBody({body.seq, qCompress(m_redactor.redact(body.bytes))});
    for (const EpochStatistics &epoch : statistics.epochs()) {
        QSqlQuery query(m_database->connection);
        query.prepare(u"INSERT INTO transition VALUES (?, ?)"_s);
        query.addBindValue(epoch.fromUs - m_startUs);
        query.addBindValue(limitsText(epoch.limits));
        m_database->exec(query);
    }
    m_database->exec(u"UPDATE run SET finished = 1"_s);
    m_database->exec(u"COMMIT"_s);
    // One file to hand on: what is in the log goes into it.
    m_database->exec(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    m_database->exec(u"PRAGMA journal_mode = DELETE"_s);
    if (m_database->error.isEmpty())
        return {};
    return failure(ErrorCode::Io, u"%1 could not be written: %2"_s.arg(m_path, m_database->error));
}

} // namespace Sluice
