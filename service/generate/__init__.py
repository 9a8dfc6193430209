"""Makes graph folders of any size whose shape follows that of another folder."""
