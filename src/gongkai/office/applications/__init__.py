"""依申请公开: applications from receipt to reply (条例 chapter 4)."""
