// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/requestarchive.h"

#include "core/environment/redactor.h"
#include "core/interchange/harfile.h"
#include "ui/live/chartexport.h"
#include "ui/live/savedialog.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("RequestArchive", text);
}

QUrl endpointUrl(const LiveSnapshot &snapshot, EndpointId id)
{
    const auto host = std::ranges::find(snapshot.hosts, id,
                                        [](const LiveHost &live) { return live.admission.id; });
    return host == snapshot.hosts.end() ? QUrl() : QUrl(host->admission.endpoint);
}

/** What is known of the reply of \a flight, and of what it was asked for. */
Response responseOf(const LiveSnapshot &snapshot, const Flight &flight)
{
    const Sample &sample = flight.sample;
    Response response;
    response.status = sample.status;
    response.bytesWire = sample.bytesWire;
    response.protocol = sample.http2 ? "HTTP/2" : "HTTP/1.1";
    response.method = flight.line.method.isEmpty() ? "GET" : flight.line.method;
    response.url = QUrl::fromEncoded(flight.line.url);
    if (response.url.isEmpty())
        response.url = endpointUrl(snapshot, sample.endpoint);
    if (snapshot.secrets && !snapshot.secrets->areAll) {
        response.url.setPath(u"/"_s);
        response.url.setQuery(QString());
        response.url.setFragment(QString());
    }
    if (sample.error) {
        response.error.emplace();
        response.error->code = *sample.error;
        response.error->message = u"no reply"_s;
    }
    return response;
}

} // namespace

QByteArray requestsHar(const LiveSnapshot &snapshot, const WaterfallChoice &choice,
                       const TimeRange &range)
{
    const Redactor redactor(snapshot.secrets ? snapshot.secrets->values : QStringList());
    HarFile har(HarFile::Bodies::Gone);
    QByteArray text = HarFile::head();
    for (std::size_t i = 0; i < snapshot.flights.size(); ++i) {
        const Flight &flight = snapshot.flights.at(i);
        const PhaseTimings &timings = flight.sample.timings;
        if (timings.finishedUs < range.beginUs || timings.enqueuedUs >= range.endUs
            || !choice.accepts(flight))
            continue;
        const qint64 wallMs = snapshot.wallMs - (snapshot.atUs - timings.enqueuedUs) / 1000;
        text += redactor.redact(har.entry(flight.sample, responseOf(snapshot, flight), flight.name,
                                          QDateTime::fromMSecsSinceEpoch(wallMs)));
    }
    return text + HarFile::tail();
}

void askForHar(QWidget *parent, const LiveSnapshotPtr &snapshot, const WaterfallChoice &choice,
               const TimeRange &range)
{
    if (!snapshot)
        return;
    askForFileAndWork(parent, tr("Save requests"), tr("HTTP archive (*.har)"), u"har"_s,
                      [snapshot, choice, range](const QString &path) {
                          return saveBytes(requestsHar(*snapshot, choice, range), path);
                      });
}

} // namespace Sluice
