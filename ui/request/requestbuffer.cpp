// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/requestbuffer.h"

#include <utility>

namespace Sluice {

void RequestBuffer::setPath(const QString &path)
{
    m_context.path = path;
    emit changed();
}

void RequestBuffer::setDefaults(std::vector<RequestDefaults> defaults)
{
    m_context.defaults = std::move(defaults);
}

void RequestBuffer::edit(RequestSpec spec)
{
    m_context.request = std::move(spec);
    emit changed();
}

void RequestBuffer::present(const RequestSpec &spec)
{
    m_context.request = spec;
    emit presented();
    emit changed();
}

void RequestBuffer::goBackTo(RequestSpec spec)
{
    if (!path().isEmpty()) {
        spec.name = m_context.request.name;
        spec.seq = m_context.request.seq;
    }
    present(spec);
}

bool RequestBuffer::takeNameAndPlace(const RequestSpec &onDisk)
{
    RequestSpec renamed = m_saved;
    renamed.name = onDisk.name;
    renamed.seq = onDisk.seq;
    if (renamed != onDisk)
        return false;
    m_saved = onDisk;
    RequestSpec shown = spec();
    shown.name = onDisk.name;
    shown.seq = onDisk.seq;
    present(shown);
    return true;
}

void RequestBuffer::setSaved(const RequestSpec &saved)
{
    m_savedBeforeGone.reset();
    m_saved = saved;
    emit changed();
}

void RequestBuffer::setFileGone()
{
    if (m_savedBeforeGone)
        return;
    m_savedBeforeGone = std::exchange(m_saved, {});
    emit changed();
}

void RequestBuffer::setFileBack()
{
    if (m_savedBeforeGone)
        setSaved(*std::exchange(m_savedBeforeGone, {}));
}

} // namespace Sluice
