// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/requestbuffers.h"

#include <algorithm>

namespace Sluice {

RequestBuffers::Pointer RequestBuffers::find(const QString &path) const
{
    for (const auto &known : m_all) {
        Pointer buffer = known.lock();
        if (buffer && !path.isEmpty() && buffer->path() == path)
            return buffer;
    }
    return {};
}

RequestBuffers::Pointer RequestBuffers::open(const RequestInContext &context)
{
    if (Pointer known = find(context.path)) {
        known->setDefaults(context.defaults);
        if (!known->isDirty() && known->spec() != context.request) {
            known->setSaved(context.request);
            known->present(context.request);
        }
        return known;
    }
    std::erase_if(m_all, [](const auto &known) { return known.expired(); });
    auto buffer = std::make_shared<RequestBuffer>(context);
    const std::weak_ptr<RequestBuffer> weak = buffer;
    m_all.push_back(weak);
    connect(buffer.get(), &RequestBuffer::changed, this, [this, weak] {
        if (const Pointer changed = weak.lock())
            bufferChanged(changed);
    });
    connect(buffer.get(), &RequestBuffer::revealRequested, this, [this, weak] {
        if (const Pointer wanted = weak.lock())
            emit revealRequested(wanted);
    });
    return buffer;
}

std::vector<RequestBuffers::Pointer> RequestBuffers::under(const QString &path) const
{
    std::vector<Pointer> found;
    for (const auto &known : m_all) {
        Pointer buffer = known.lock();
        if (buffer && (buffer->path() == path || buffer->path().startsWith(path + u'/')))
            found.push_back(std::move(buffer));
    }
    return found;
}

void RequestBuffers::forget(const Pointer &buffer)
{
    std::erase(m_dirty, buffer);
    emit changed();
}

void RequestBuffers::bufferChanged(const Pointer &buffer)
{
    const bool kept = std::ranges::find(m_dirty, buffer) != m_dirty.end();
    if (buffer->isDirty() && !kept)
        m_dirty.push_back(buffer);
    else if (!buffer->isDirty() && kept)
        std::erase(m_dirty, buffer);
    emit changed();
}

} // namespace Sluice
