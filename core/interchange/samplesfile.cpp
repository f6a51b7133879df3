// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/samplesfile.h"

#include <algorithm>
#include <array>
#include <charconv>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr qsizetype BlockSize = qsizetype(256) * 1024;

constexpr auto HeaderLine =
    "seq,request,endpoint,enqueued_us,admitted_us,connect_us,sent_us,headers_us,finished_us,"
    "status,outcome,bytes_wire,bytes_body,attempt,connection,wait_reason\n";

/** By WaitReason. */
constexpr std::array<const char *, WaitReasonCount> reasonNames{
    "paused", "hold", "hostLimit", "hostRate", "totalLimit", "totalRate"};

const char *connectionOf(const PhaseTimings &timings)
{
    if (timings.isNewConnection())
        return "new";
    return timings.sentUs >= 0 || timings.headersUs >= 0 ? "reused" : "";
}

/** What it waited for longest. */
const char *waitReasonOf(const PhaseTimings &timings)
{
    const auto longest = std::ranges::max_element(timings.waits);
    return *longest > 0 ? reasonNames[std::size_t(longest - timings.waits.begin())] : "";
}

} // namespace

SamplesFile::SamplesFile(const QString &path, const QStringList &requests) : m_file(path)
{
    for (const QString &name : requests)
        m_requests.push_back(csvField(name));
}

SamplesFile::~SamplesFile()
{
    flush();
}

Result<> SamplesFile::open()
{
    if (!m_file.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered)) {
        return failure(ErrorCode::Io,
                       u"%1 cannot be written: %2"_s.arg(m_file.fileName(), m_file.errorString()));
    }
    m_buffer.reserve(BlockSize + 4096);
    m_buffer = HeaderLine;
    return {};
}

Result<> SamplesFile::close()
{
    flush();
    m_file.close();
    if (m_error.isEmpty())
        return {};
    return failure(ErrorCode::Io, u"%1 is incomplete: %2"_s.arg(m_file.fileName(), m_error));
}

QByteArray SamplesFile::csvField(const QString &text)
{
    QByteArray field = text.toUtf8();
    if (!field.contains(',') && !field.contains('"') && !field.contains('\n')
        && !field.contains('\r'))
        return field.isNull() ? QByteArray("") : field;
    return '"' + field.replace('"', "\"\"") + '"';
}

void SamplesFile::append(const Sample &sample, const QByteArray &endpoint)
{
    const PhaseTimings &timings = sample.timings;
    appendNumber(qint64(sample.seq));
    m_buffer += m_requests[sample.request];
    m_buffer += ',';
    m_buffer += endpoint;
    m_buffer += ',';
    appendTime(timings.enqueuedUs);
    appendTime(timings.admittedUs);
    appendTime(timings.connectUs);
    appendTime(timings.sentUs);
    appendTime(timings.headersUs);
    appendTime(timings.finishedUs);
    if (sample.status != 0)
        appendNumber(sample.status);
    else
        m_buffer += ',';
    if (sample.error)
        m_buffer += errorCodeName(*sample.error).toLatin1();
    else
        m_buffer += "ok";
    m_buffer += ',';
    appendNumber(sample.bytesWire);
    appendNumber(sample.bytesBody);
    appendNumber(sample.attempt);
    m_buffer += connectionOf(timings);
    m_buffer += ',';
    m_buffer += waitReasonOf(timings);
    m_buffer += '\n';
    if (m_buffer.size() >= BlockSize)
        flush();
}

void SamplesFile::appendNumber(qint64 value)
{
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.begin(), digits.end(), value).ptr;
    m_buffer.append(digits.data(), end - digits.data());
    m_buffer += ',';
}

void SamplesFile::appendTime(qint64 us)
{
    if (us < 0)
        m_buffer += ',';
    else
        appendNumber(us - m_startUs);
}

void SamplesFile::flush()
{
    const qint64 written = m_file.isOpen() ? m_file.write(m_buffer) : m_buffer.size();
    if (written != m_buffer.size() && m_error.isEmpty()) {
        // A short write is no error yet; the rest tells why there was no room for it.
        m_file.write(m_buffer.sliced(qMax<qint64>(0, written)));
        m_error = m_file.errorString();
    }
    m_buffer.resize(0);
}

} // namespace Sluice
