// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/rundialog.h"

#include "ui/widgets/numbertext.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace Sluice {

RunDialog::RunDialog(RunPlan plan, QWidget *parent)
    : QDialog(parent), m_plan(std::move(plan)), m_iterations(new QSpinBox(this)),
      m_seconds(new QSpinBox(this)), m_bound(new QComboBox(this)), m_order(new QComboBox(this)),
      m_bail(new QCheckBox(tr("Stop at the first failure"), this))
{
    setWindowTitle(tr("Run %1").arg(m_plan.name));
    m_bound->addItems({tr("Iterations"), tr("Seconds")});
    m_bound->setMinimumContentsLength(11);
    m_bound->setCurrentIndex(m_plan.durationUs > 0 ? 1 : 0);
    m_iterations->setRange(1, 1'000'000);
    m_iterations->setValue(m_plan.iterations);
    m_iterations->setGroupSeparatorShown(true);
    m_iterations->setAccessibleName(tr("Iterations"));
    m_iterations->setObjectName(u"iterations"_s);
    m_seconds->setRange(1, 86'400);
    m_seconds->setValue(m_plan.durationUs > 0 ? int(m_plan.durationUs / 1'000'000) : 30);
    m_seconds->setAccessibleName(tr("Seconds"));
    for (QSpinBox *box : {m_iterations, m_seconds})
        box->setFixedWidth(120);
    m_order->addItem(tr("Automatic"), int(RunPlan::Order::Auto));
    m_order->addItem(tr("All at once; the limits decide"), int(RunPlan::Order::All));
    m_order->addItem(tr("In order inside an iteration"), int(RunPlan::Order::Iterations));
    m_order->addItem(tr("One after the other"), int(RunPlan::Order::Sequential));
    m_order->setCurrentIndex(m_order->findData(int(m_plan.order)));
    m_bail->setChecked(m_plan.bail);
    auto *bound = new QHBoxLayout;
    bound->addWidget(m_bound);
    bound->addWidget(m_iterations);
    bound->addWidget(m_seconds);
    bound->addStretch(1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton *run = buttons->addButton(tr("Run"), QDialogButtonBox::AcceptRole);
    run->setDefault(true);
    auto *form = new QFormLayout(this);
    form->setContentsMargins(16, 16, 16, 16);
    form->addRow(
        tr("What"),
        new QLabel(counted(qint64(m_plan.requests.size()), tr("request"), tr("requests")), this));
    auto *howOften = new QLabel(tr("&How often"), this);
    howOften->setBuddy(m_bound);
    form->addRow(howOften, bound);
    form->addRow(tr("&Order"), m_order);
    form->addRow(QString(), m_bail);
    form->addRow(buttons);
    const auto showBound = [this](int index) {
        m_iterations->setVisible(index == 0);
        m_seconds->setVisible(index == 1);
    };
    showBound(m_bound->currentIndex());
    connect(m_bound, &QComboBox::currentIndexChanged, this, showBound);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_iterations->setFocus();
    m_iterations->selectAll();
}

RunPlan RunDialog::plan() const
{
    RunPlan plan = m_plan;
    plan.iterations = m_iterations->value();
    plan.durationUs = m_bound->currentIndex() == 1 ? qint64(m_seconds->value()) * 1'000'000 : 0;
    plan.order = RunPlan::Order(m_order->currentData().toInt());
    plan.bail = m_bail->isChecked();
    return plan;
}

} // namespace Sluice
