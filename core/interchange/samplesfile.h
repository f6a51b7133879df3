// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/metrics/sample.h"

#include <QByteArray>
#include <QFile>

#include <vector>

namespace Sluice {

/**
 * Streams one CSV row a finished request (RFC 4180, with \n). Times are microseconds since the
 * start of the run; a field is empty where its phase did not happen. Writes in large blocks, so a
 * row costs well under a microsecond. One thread.
 */
class SamplesFile
{
public:
    /** \a requests are the names that Sample::request indexes. */
    SamplesFile(const QString &path, const QStringList &requests);
    ~SamplesFile();

    /** Creates the file and writes the header line. */
    Result<> open();
    void setStartUs(qint64 startUs) { m_startUs = startUs; }
    /** \a endpoint is the name of the sample's endpoint; asked for once for each. */
    template<typename EndpointName>
    void write(const Sample &sample, const EndpointName &endpointName)
    {
        const auto index = std::size_t(sample.endpoint);
        const bool isKnown = sample.endpoint != EndpointId::None;
        if (isKnown && index >= m_endpoints.size())
            m_endpoints.resize(index + 1);
        if (isKnown && m_endpoints[index].isNull())
            m_endpoints[index] = csvField(endpointName(sample.endpoint));
        append(sample, isKnown ? m_endpoints[index] : QByteArray());
    }
    /** Writes out what is left; the first error since open(). */
    Result<> close();

private:
    static QByteArray csvField(const QString &text);
    void append(const Sample &sample, const QByteArray &endpoint);
    void appendNumber(qint64 value);
    void appendTime(qint64 us);
    void flush();

    QFile m_file;
    QByteArray m_buffer;
    std::vector<QByteArray> m_requests;
    std::vector<QByteArray> m_endpoints; ///< By EndpointId.
    qint64 m_startUs = 0;
    QString m_error;
};

} // namespace Sluice
