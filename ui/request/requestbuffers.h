// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/request/requestbuffer.h"

namespace Sluice {

/** The requests that are being edited: one buffer a file, however often it is opened and closed. */
class RequestBuffers final : public QObject
{
    Q_OBJECT

public:
    using Pointer = std::shared_ptr<RequestBuffer>;

    using QObject::QObject;

    /** The buffer of \a path, if there is one. */
    Pointer find(const QString &path) const;
    /** The buffer of the file of \a context, or a new one that holds \a context. */
    Pointer open(const RequestInContext &context);
    /** Those with unsaved edits, in the order in which they got them; kept until saved. */
    const std::vector<Pointer> &dirty() const { return m_dirty; }
    /** Every buffer at or under \a path. */
    std::vector<Pointer> under(const QString &path) const;
    /** The unsaved edits of \a buffer are not wanted any more. */
    void forget(const Pointer &buffer);

signals:
    void changed();
    void revealRequested(const std::shared_ptr<Sluice::RequestBuffer> &buffer);

private:
    void bufferChanged(const Pointer &buffer);

    std::vector<std::weak_ptr<RequestBuffer>> m_all;
    std::vector<Pointer> m_dirty;
};

} // namespace Sluice
