// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/rangeexport.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** RFC 4180, 2. */
QString quoted(QString text)
{
    text.replace(u'"', u"\"\""_s);
    return u'"' + text + u'"';
}

QString endpointOf(const LiveSnapshot &snapshot, EndpointId id)
{
    const auto host = std::ranges::find(snapshot.hosts, id,
                                        [](const LiveHost &live) { return live.admission.id; });
    return host == snapshot.hosts.end() ? QString() : host->admission.endpoint;
}

} // namespace

QString requestsCsv(const LiveSnapshot &snapshot, qint64 beginUs, qint64 endUs)
{
    QString csv = u"seq,request,endpoint,slot,status,enqueued_s,finished_s,queued_us,stalled_us,"
                  "connect_us,waiting_us,download_us,on_wire_us,bytes,attempts\n"_s;
    const LiveFlights &flights = snapshot.flights;
    const auto seconds = [&snapshot](qint64 us) {
        return us < 0 ? QString() : QString::number(double(us - snapshot.startedUs) / 1e6, 'f', 6);
    };
    for (std::size_t i = 0; i < flights.size(); ++i) {
        const Flight &flight = flights.at(i);
        const Sample &sample = flight.sample;
        const PhaseTimings &timings = sample.timings;
        if (timings.finishedUs < beginUs || timings.finishedUs >= endUs)
            continue;
        QStringList cells{QString::number(sample.seq),
                          quoted(flight.name),
                          quoted(endpointOf(snapshot, sample.endpoint)),
                          QString::number(flight.slot),
                          QString::number(sample.status),
                          seconds(timings.enqueuedUs),
                          seconds(timings.finishedUs)};
        for (const qint64 value :
             {timings.queuedUs(), timings.stalledUs(), timings.connectingUs(), timings.waitingUs(),
              timings.downloadUs(), timings.onWireUs(), sample.bytesWire, qint64(sample.attempt)})
            cells << QString::number(value);
        csv += cells.join(u',') + u'\n';
    }
    return csv;
}

QString rangeCsv(const LiveSnapshot &snapshot)
{
    const LiveRange &range = snapshot.range;
    if (range.isExact)
        return requestsCsv(snapshot, range.beginUs, range.endUs);
    LiveSnapshot part;
    part.startedUs = snapshot.startedUs;
    part.series.bucketUs = snapshot.series.bucketUs;
    part.latency = snapshot.latency;
    const LiveSeries &series = snapshot.series;
    for (std::size_t i = 0; i < series.buckets.size(); ++i) {
        const qint64 atUs = series.beginUs + qint64(i) * series.bucketUs;
        if (atUs + series.bucketUs <= range.beginUs || atUs >= range.endUs)
            continue;
        if (part.series.buckets.empty())
            part.series.beginUs = atUs;
        part.series.buckets.push_back(series.buckets[i]);
    }
    return seriesCsv(part);
}

} // namespace Sluice
