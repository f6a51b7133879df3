// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo-server/libevent.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QUrlQuery>

#include <functional>
#include <utility>
#include <vector>

namespace Sluice {

using ReplyHeaders = std::vector<std::pair<QByteArray, QByteArray>>;

/** A whole reply. */
struct Reply
{
    int status = 200;
    QByteArray contentType = "application/json";
    QByteArray body = {};
    ReplyHeaders headers = {};
};

/** One request and the way to answer it. The server owns it and keeps it until the answer is out.
 */
class DemoExchange
{
public:
    /** \a ended is called once, when the reply has been handed to the connection. */
    DemoExchange(evhttp_request *request, std::function<void()> ended);

    QByteArray method() const;
    QByteArray target() const; ///< Path and query as sent.
    const QString &path() const { return m_path; }
    /** The parts of the path between slashes, percent-decoded. */
    const QStringList &segments() const { return m_segments; }
    const QUrlQuery &query() const { return m_query; }
    qint64 queryNumber(const QString &key, qint64 otherwise) const;
    QByteArray header(const char *name) const;
    ReplyHeaders headers() const;
    QByteArray body() const;

    /** Goes out with whatever is answered. */
    void addHeader(const QByteArray &name, const QByteArray &value);

    void reply(const Reply &reply);
    /** Begins a reply in pieces; chunked unless \a head has a Content-Length. Its body is ignored.
     */
    void begin(const Reply &head);
    /** Sends one piece; \a sent is called when the connection can take another. */
    void write(const QByteArray &piece, std::function<void()> sent);
    void end();
    /** Calls \a then after \a us, unless the client has left by then. One at a time. */
    void after(qint64 us, std::function<void()> then);

    /** Sends \a bytes as they are, HTTP or not, and closes. This object is gone afterwards. */
    void sendRawAndClose(const QByteArray &bytes);
    /** Resets the TCP connection. This object is gone afterwards. */
    void reset();

private:
    void setHeaders(const Reply &reply);
    void finish();

    evhttp_request *m_request;
    std::function<void()> m_ended;
    QString m_path;
    QStringList m_segments;
    QUrlQuery m_query;
    EventPtr m_timer;
    std::function<void()> m_next;
};

} // namespace Sluice
