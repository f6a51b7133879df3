// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runplan.h"

#include <QHash>
#include <QObject>
#include <QPointer>

namespace Sluice {

class Engine;
class RequestTab;

/** Sends what tabs ask for and brings each answer back to its tab, if that is still there. */
class SendController final : public QObject
{
    Q_OBJECT

public:
    /** \a engine outlives the controller. */
    explicit SendController(Engine *engine, QObject *parent = nullptr);

    /** Sends the request of \a tab as it is edited now; one at a time for each tab. */
    void send(RequestTab *tab, const VariableInputs &variables);
    void cancel(RequestTab *tab);

signals:
    /** Actions of a request of \a collection set variables for what is sent later. */
    void captured(const QString &collection,
                  const std::vector<Sluice::CapturedVariable> &variables);

private:
    /** A request whose answer is to come. */
    struct Pending
    {
        QPointer<RequestTab> tab;
        QString collection;
    };

    void finish(quint64 id, std::shared_ptr<const SendResult> result);

    Engine *m_engine = nullptr;
    QHash<quint64, Pending> m_pending;
};

} // namespace Sluice
